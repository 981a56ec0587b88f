package io.github.websocketresilience.sample;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.util.TestSocketUtils;

/**
 * Lets the server to break listen where nobody else does. It closes its port and opens it
 * again, so it must have a number.
 */
public class FreePort implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues.of("demo.port=" + TestSocketUtils.findAvailableTcpPort()).applyTo(context);
	}

}
