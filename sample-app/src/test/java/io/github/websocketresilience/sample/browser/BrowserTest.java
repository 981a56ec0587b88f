package io.github.websocketresilience.sample.browser;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.github.websocketresilience.sample.FreePort;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of the whole sample in a browser: its methods get a {@link Browser} as
 * parameter. Skipped, with a line that says so, where there is no Chromium. The sample is
 * as it is for people, but forgets failures sooner: here one fault follows the other.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "resilient.websocket.reconnect.reset-after=1s")
@ContextConfiguration(initializers = FreePort.class)
@interface BrowserTest {

}
