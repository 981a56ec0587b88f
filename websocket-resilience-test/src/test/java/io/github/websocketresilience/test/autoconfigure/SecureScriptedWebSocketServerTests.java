package io.github.websocketresilience.test.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose connections go to the server of the test with TLS, though none of
 * them has a bundle that trusts it.
 */
@SpringBootTest(classes = SecureScriptedWebSocketServerTests.Application.class,
		properties = { "resilient.websocket.url=ws://nowhere.invalid/",
				"resilient.websocket.connections.prices.url=ws://nowhere.invalid/",
				"resilient.websocket.ssl.bundle=absent" })
@AutoConfigureScriptedWebSocketServer(connections = { "default", "prices" }, secure = true)
class SecureScriptedWebSocketServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Autowired
	private ScriptedWebSocketServer server;

	@Autowired
	private WebSocketConnections connections;

	@Test
	void everyConnectionIsOpenedWithTls() {
		assertThat(this.server.uri()).hasScheme("wss");
		List.of(1, 2).forEach((attempt) -> this.server.awaitAttempt(attempt, PATIENCE).awaitOpened(PATIENCE));
		for (String name : List.of("default", "prices")) {
			this.connections.get(name).send(name);
		}
		this.server.connections().forEach((connection) -> connection.awaitFrame((frame) -> true, PATIENCE));
		assertThat(this.server.connections()).flatExtracting((connection) -> connection.texts())
			.containsExactlyInAnyOrder("default", "prices");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
