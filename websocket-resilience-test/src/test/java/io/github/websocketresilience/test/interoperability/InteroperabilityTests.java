package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What every recipe must get from its YAML alone.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InteroperabilityTests {

	private static final String INTERVAL = "heartbeat.interval=500ms";

	private static final String TIMEOUT = "heartbeat.timeout=1500ms";

	private static final String DELAY = "reconnect.delay=200ms";

	private static final Duration INTERVAL_AND_TIMEOUT = Duration.ofMillis(2000);

	/** One second is promised, the rest is for a machine under load. */
	private static final Duration SLACK = Duration.ofSeconds(5);

	@BeforeAll
	static void install() {
		NodeInstallation.directory();
	}

	@ParameterizedTest
	@EnumSource
	void heartbeatsFlowInTheFormOfTheRecipe(Recipe recipe) {
		try (NodeServer server = recipe.serve(0); ClientApplication client = recipe.connect(server.port(), INTERVAL)) {
			await().atMost(SLACK.multipliedBy(2)).until(() -> heartbeats(recipe, server).size() >= 3);
			assertThat(client.connection().state()).isEqualTo(ConnectionState.OPEN);
			assertThat(server.lines("open")).hasSize(1);
			assertThat(client.messages()).noneMatch(recipe::isHeartbeat);
		}
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "R2_UNANSWERED")
	void silenceIsDetectedInTimeAndTheSocketReplaced(Recipe recipe) {
		try (NodeServer server = recipe.serve(0);
				ClientApplication client = recipe.connect(server.port(), INTERVAL, TIMEOUT, DELAY)) {
			server.awaitLines("open", 1);
			Instant silent = Instant.now();
			server.command("pause");
			WebSocketStateEvent detected = client.awaitChange(ConnectionState.WAITING, 1);
			assertThat(Duration.between(silent, Instant.ofEpochMilli(detected.getTimestamp())))
				.isLessThan(INTERVAL_AND_TIMEOUT.plus(SLACK));
			assertThat(detected.cause()).extracting(Disconnect::kind).isEqualTo(Disconnect.Kind.HEARTBEAT_TIMEOUT);
			client.awaitChange(ConnectionState.OPEN, 2);
			server.awaitLines("open", 2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void restartOfTheServerIsSurvived(Recipe recipe) {
		int port;
		try (NodeServer server = recipe.serve(0);
				ClientApplication client = recipe.connect(server.port(), INTERVAL, DELAY)) {
			port = server.port();
			server.awaitLines("open", 1);
			server.kill();
			WebSocketStateEvent lost = client.awaitChange(ConnectionState.WAITING, 1);
			assertThat(lost.cause()).extracting(Disconnect::kind).isEqualTo(Disconnect.Kind.CONNECTION_LOST);
			client.awaitChange(ConnectionState.WAITING, 2);
			try (NodeServer restarted = recipe.serve(port)) {
				client.awaitChange(ConnectionState.OPEN, 2);
				await().atMost(SLACK.multipliedBy(2)).until(() -> !heartbeats(recipe, restarted).isEmpty());
				assertThat(restarted.lines("open")).hasSize(1);
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void intentionalCloseStaysClosed(Recipe recipe) {
		try (NodeServer server = recipe.serve(0);
				ClientApplication client = recipe.connect(server.port(), INTERVAL, DELAY)) {
			server.awaitLines("open", 1);
			client.awaitChange(ConnectionState.OPEN, 1);
			client.connection().close().join();
			assertThat(server.awaitLines("close", 1)).extracting((line) -> line.get("code").asInt())
				.containsExactly(1000);
			await().during(Duration.ofSeconds(1))
				.atMost(SLACK)
				.until(() -> server.lines("open").size() == 1 && client.connection().state() == ConnectionState.CLOSED);
		}
	}

	@Test
	void tryAgainLaterArrivesAsProtocolErrorAndIsNeverFinal() {
		try (NodeServer server = Recipe.R1.serve(0);
				ClientApplication client = Recipe.R1.connect(server.port(), DELAY, "reconnect.max-delay=400ms")) {
			for (int closes = 1; closes <= 5; closes++) {
				client.awaitChange(ConnectionState.OPEN, closes);
				server.awaitLines("open", closes);
				server.command("close 1013 later");
				assertThat(client.awaitChange(ConnectionState.WAITING, closes).cause())
					.extracting(Disconnect::kind, Disconnect::closeCode, Disconnect::closeReason)
					.containsExactly(Disconnect.Kind.PEER_CLOSED, 1002, "later");
			}
			client.awaitChange(ConnectionState.OPEN, 6);
		}
	}

	private static List<String> heartbeats(Recipe recipe, NodeServer server) {
		return server.texts().stream().filter(recipe::isHeartbeat).toList();
	}

}
