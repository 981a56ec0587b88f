package com.example.feed;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.junit.ScriptedWebSocketServerExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static io.github.websocketresilience.test.assertj.ScriptedWebSocketServerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The server of the test kit without Spring, and a client that is anybody's.
 */
class AnyClientTests {

	@RegisterExtension
	static final ScriptedWebSocketServerExtension extension = new ScriptedWebSocketServerExtension();

	private final ScriptedWebSocketServer server = extension.server();

	@Test
	void scriptIsFollowedAttemptByAttempt() {
		this.server.attempt(1).refuse(503, Map.of("Retry-After", List.of("7")));
		this.server.attempt(2)
			.acceptAfter(Duration.ofMillis(100))
			.answerTexts((text) -> text.equals("ping") ? "pong" : null)
			.sendSequence((number) -> "{\"sequence\":" + number + "}", 1, 2, 2, 4)
			.thenAfter(Duration.ofMillis(100))
			.close(1012, "restart");
		assertThatThrownBy(this::connect).hasStackTraceContaining("WebSocketHandshakeException");
		connect().sendText("hello", true).join();
		assertThat(this.server).hasAttempts(2).attempt(2).receivedText("hello").closedWith(1012);
	}

	private WebSocket connect() {
		return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(this.server.uri(), new WebSocket.Listener() {
		}).join();
	}

}
