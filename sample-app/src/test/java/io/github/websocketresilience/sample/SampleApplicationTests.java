package io.github.websocketresilience.sample;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "resilient.websocket.heartbeat.interval=2s", "resilient.websocket.heartbeat.timeout=1s",
				"resilient.websocket.reconnect.delay=300ms" })
@AutoConfigureRestTestClient
class SampleApplicationTests {

	private static final Duration INTERVAL_AND_TIMEOUT = Duration.ofSeconds(3);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Autowired
	private RestTestClient http;

	@Autowired
	private WebSocketConnection connection;

	@Autowired
	private Witness witness;

	@BeforeEach
	void awaitOpen() {
		await().atMost(PATIENCE).until(() -> this.connection.state() == ConnectionState.OPEN);
		this.witness.changes.clear();
		this.witness.messages.clear();
	}

	@Test
	void healthSaysThatTheConnectionIsOpen() {
		this.http.get()
			.uri("/actuator/health")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.status")
			.isEqualTo("UP")
			.jsonPath("$.components.websocket.components.default.details.state")
			.isEqualTo("OPEN");
	}

	@Test
	void metersOfTheConnectionAreThere() {
		this.http.get().uri("/actuator/metrics/websocket.client.state").exchange().expectStatus().isOk();
	}

	@Test
	void quotesArrive() {
		this.witness.awaitMessage((text) -> text.startsWith("{\"symbol\":\"ACME\",\"price\":"));
	}

	@Test
	void whatIsSentComesBack() {
		assertThat(post("/demo/send?text=hello")).isEqualToIgnoringNewLines("handed to the socket");
		this.witness.awaitMessage("hello"::equals);
	}

	@Test
	void droppedSocketIsReplaced() {
		assertThat(post("/demo/drop")).startsWith("dropped ");
		assertThat(this.witness.awaitChange(ConnectionState.WAITING).cause()).extracting(Disconnect::kind)
			.isEqualTo(Disconnect.Kind.CONNECTION_LOST);
		this.witness.awaitChange(ConnectionState.OPEN);
		this.witness.awaitMessage("welcome"::equals);
	}

	@Test
	void silentServerIsDetectedInTimeAndItsSocketReplaced() {
		Instant silent = Instant.now();
		assertThat(post("/demo/silence?seconds=15")).contains("silent for 15s");
		WebSocketStateEvent detected = this.witness.awaitChange(ConnectionState.WAITING);
		assertThat(Duration.between(silent, Instant.ofEpochMilli(detected.getTimestamp())))
			.isLessThan(INTERVAL_AND_TIMEOUT.plusSeconds(5));
		assertThat(detected.cause()).extracting(Disconnect::kind).isEqualTo(Disconnect.Kind.HEARTBEAT_TIMEOUT);
		this.witness.awaitChange(ConnectionState.OPEN);
		this.witness.awaitMessage("welcome"::equals);
	}

	@Test
	void refusedUpgradesAreTriedAgainUntilOneIsAccepted() {
		post("/demo/refuse?seconds=2");
		post("/demo/drop");
		await().atMost(PATIENCE)
			.until(() -> this.witness.changes(ConnectionState.WAITING)
				.stream()
				.map(WebSocketStateEvent::cause)
				.anyMatch((cause) -> cause != null && Integer.valueOf(503).equals(cause.httpStatus())));
		this.witness.awaitChange(ConnectionState.OPEN);
	}

	private String post(String uri) {
		String body = this.http.post()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		assertThat(body).isNotNull();
		return body;
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		/** The port is known only when the server listens, before the first attempt. */
		@Bean
		HandshakeCustomizer ownPort(Environment environment) {
			return (request) -> {
				request
					.url(URI.create("ws://localhost:" + environment.getRequiredProperty("local.server.port") + "/ws"));
				return null;
			};
		}

		@Bean
		Witness witness() {
			return new Witness();
		}

	}

	static class Witness {

		private final List<WebSocketStateEvent> changes = new CopyOnWriteArrayList<>();

		private final List<String> messages = new CopyOnWriteArrayList<>();

		@EventListener
		void on(WebSocketStateEvent change) {
			this.changes.add(change);
		}

		@EventListener
		void on(WebSocketMessageEvent message) {
			this.messages.add(message.text());
		}

		List<WebSocketStateEvent> changes(ConnectionState to) {
			return this.changes.stream().filter((change) -> change.to() == to).toList();
		}

		WebSocketStateEvent awaitChange(ConnectionState to) {
			await("change to " + to).atMost(PATIENCE).until(() -> !changes(to).isEmpty());
			return changes(to).get(0);
		}

		void awaitMessage(Predicate<String> wanted) {
			await("message").atMost(PATIENCE).until(() -> this.messages.stream().anyMatch(wanted));
		}

	}

}
