package io.github.websocketresilience.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test that runs the sample, on ports that are free, and with less patience than it has
 * for people.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.prometheus.metrics.export.enabled=true", "resilient.websocket.heartbeat.interval=2s",
				"resilient.websocket.heartbeat.timeout=1s", "resilient.websocket.outbound.time-to-live=2s",
				"resilient.websocket.reconnect.delay=300ms", "resilient.websocket.reconnect.multiplier=1.0" })
@AutoConfigureRestTestClient
@ContextConfiguration(initializers = FreePort.class)
@Import({ Sample.class, Witness.class })
@interface SampleTest {

}
