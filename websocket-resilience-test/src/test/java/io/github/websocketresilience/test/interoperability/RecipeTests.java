package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is particular to one recipe.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecipeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@BeforeAll
	static void install() {
		NodeInstallation.directory();
	}

	@Test
	void chatGreetingIsNoMessageAndTextWithTheWordOfTheHeartbeatIsOne() {
		try (NodeServer server = Recipe.R0.serve(0); ClientApplication client = Recipe.R0.connect(server.port())) {
			client.connection().send("{\"message\":\"HeartBeat is a word\",\"fromId\":\"7\",\"toId\":\"7\"}");
			await().atMost(PATIENCE).until(() -> !client.messages().isEmpty());
			assertThat(client.messages()).containsExactly("{\"message\":\"HeartBeat is a word\"}");
			assertThat(server.lines("open").get(0).get("url").asString()).isEqualTo("/ws?fromId=7");
		}
	}

	@Test
	void chatLoginAfterLogoutDoesNotDoubleThePushes() {
		try (NodeServer server = Recipe.R0.serve(0); ClientApplication client = Recipe.R0.connect(server.port())) {
			client.awaitChange(ConnectionState.OPEN, 1);
			client.connection().close().join();
			client.connection().start();
			client.awaitChange(ConnectionState.OPEN, 2);
			server.awaitLines("close", 1);
			server.awaitLines("open", 2);
			server.command("send {\"message\":\"once\"}");
			server.command("send {\"message\":\"last\"}");
			await().atMost(PATIENCE).until(() -> client.messages().contains("{\"message\":\"last\"}"));
			assertThat(client.messages()).containsExactly("{\"message\":\"once\"}", "{\"message\":\"last\"}");
		}
	}

	@Test
	void echoesOfTextsAreMessagesAndPingsOfTheServerAreAnswered() {
		try (NodeServer server = Recipe.R1.serve(0); ClientApplication client = Recipe.R1.connect(server.port())) {
			client.connection().send("a");
			client.connection().send("ab");
			server.awaitLines("pong", 1);
			await().atMost(PATIENCE).until(() -> client.messages().size() >= 2);
			assertThat(client.messages()).containsExactly("a", "ab");
		}
	}

	@Test
	void backEndThatNeverAnswersIsNotJudgedBySilence() {
		try (NodeServer server = Recipe.R2_UNANSWERED.serve(0);
				ClientApplication client = Recipe.R2_UNANSWERED.connect(server.port(), "heartbeat.interval=200ms")) {
			await().atMost(PATIENCE).until(() -> server.texts().size() >= 10);
			assertThat(client.changes(ConnectionState.WAITING)).isEmpty();
			assertThat(client.connection().state()).isEqualTo(ConnectionState.OPEN);
		}
	}

	@Test
	void delayAfterStablePeriodIsTheFirstOneAgainWithoutAnyAnswer() {
		NodeServer server = Recipe.R2_UNANSWERED.serve(0);
		int port = server.port();
		try (ClientApplication client = Recipe.R2_UNANSWERED.connect(port, "heartbeat.interval=200ms",
				"reconnect.delay=200ms", "reconnect.reset-after=1s")) {
			server.awaitLines("open", 1);
			server.kill();
			// The delays double from 200 ms on, each more or less by half.
			WebSocketStateEvent fourth = client.awaitChange(ConnectionState.WAITING, 4);
			assertThat(fourth.nextDelay()).isGreaterThan(Duration.ofMillis(300));
			server = Recipe.R2_UNANSWERED.serve(port);
			client.awaitChange(ConnectionState.OPEN, 2);
			NodeServer restarted = server;
			await().atMost(PATIENCE).until(() -> restarted.texts().size() >= 10);
			server.kill();
			int failures = client.changes(ConnectionState.WAITING).size();
			WebSocketStateEvent first = client.awaitChange(ConnectionState.WAITING, failures + 1);
			assertThat(first.nextDelay()).isLessThanOrEqualTo(Duration.ofMillis(300));
		}
		finally {
			server.kill();
		}
	}

	@Test
	void firstMessageFollowsEveryOpen() {
		try (NodeServer server = Recipe.R3.serve(0);
				ClientApplication client = Recipe.R3.connect(server.port(), "reconnect.delay=200ms")) {
			server.awaitLines("text", 1);
			server.command("close 1011 oops");
			client.awaitChange(ConnectionState.OPEN, 2);
			server.awaitLines("text", 2);
			assertThat(server.texts()).containsOnly("{\"message\":\"hello\",\"interval\":15000}");
			assertThat(server.lines("open")).extracting((line) -> line.get("url").asString())
				.containsOnly("/ws?key=abc");
		}
	}

	@Test
	void finishedIsFinal() {
		try (NodeServer server = Recipe.R3.serve(0);
				ClientApplication client = Recipe.R3.connect(server.port(), "reconnect.delay=200ms")) {
			server.awaitLines("text", 1);
			server.command("close 1000 bye");
			WebSocketStateEvent closed = client.awaitChange(ConnectionState.CLOSED, 1);
			assertThat(closed.cause()).isNotNull();
			assertThat(client.connection().snapshot().gaveUp()).isTrue();
			await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> server.lines("open").size() == 1);
		}
	}

	@Test
	void acknowledgementsAreMessagesAndHeartbeatsAreNot() {
		try (NodeServer server = Recipe.R4.serve(0);
				ClientApplication client = Recipe.R4.connect(server.port(), "heartbeat.interval=200ms")) {
			server.awaitLines("text", 3);
			client.connection().send("{\"ModeCode\":\"message\",\"msg\":\"hello\"}");
			await().atMost(PATIENCE).until(() -> !client.messages().isEmpty());
			server.awaitLines("text", 6);
			assertThat(client.messages()).containsExactly("{\"ModeCode\":\"message\",\"msg\":\"hello\"}");
			assertThat(client.connection().snapshot().roundTripTime()).isNotNull();
		}
	}

}
