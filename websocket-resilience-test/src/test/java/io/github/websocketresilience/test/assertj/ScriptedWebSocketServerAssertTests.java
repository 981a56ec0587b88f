package io.github.websocketresilience.test.assertj;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.stream.Stream;

import io.github.websocketresilience.test.JdkClient;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each assertion holds where it should, and fails where it should.
 */
class ScriptedWebSocketServerAssertTests {

	private static final ScriptedWebSocketServer server = new ScriptedWebSocketServer();

	/** Held: a client that nobody holds may go. */
	private static WebSocket silent;

	@BeforeAll
	static void talk() {
		server.start();
		WebSocket socket = JdkClient.open(server);
		socket.sendPing(ByteBuffer.allocate(0)).join();
		socket.sendText("a", true).join();
		socket.sendText("b", true).join();
		socket.sendClose(1000, "bye").join();
		silent = JdkClient.open(server);
	}

	@AfterAll
	static void close() {
		silent.abort();
		server.close();
	}

	@Test
	void holds() {
		ScriptedWebSocketServerAssert.assertThat(server)
			.hasAttempts(2)
			.attempt(1)
			.wasOpened()
			.requested("/feed")
			.requestedWithHeader("x-test", "1")
			.receivedPing()
			.receivedText("b")
			.receivedTexts("a", "b")
			.closedWith(1000)
			.hasEnded();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("failures")
	void fails(String message, ThrowingCallable assertion) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion)
			.withMessageContaining(message)
			.withMessageStartingWith("[the feed] ");
	}

	static Stream<Arguments> failures() {
		return Stream.of(Arguments.of("Expected 1 attempts, but there were 2", failing(() -> feed().hasAttempts(1))),
				Arguments.of("no attempt 3, 2 so far", failing(() -> feed().hasAttempts(3))),
				Arguments.of("no attempt 4, 2 so far", failing(() -> feed().attempt(4))),
				Arguments.of("Expected \"/\" to be requested, but it was \"/feed\"",
						failing(() -> feed().attempt(1).requested("/"))),
				Arguments.of("Expected header X-Test to be \"2\", but it was \"1\"",
						failing(() -> feed().attempt(1).requestedWithHeader("X-Test", "2"))),
				Arguments.of("no text \"c%d\" on attempt 1", failing(() -> feed().attempt(1).receivedText("c%d"))),
				Arguments.of("Expected the texts [a], but there were [a, b]",
						failing(() -> feed().attempt(1).receivedTexts("a"))),
				Arguments.of("no such frame", failing(() -> feed().attempt(2).receivedPing())),
				Arguments.of("Expected close code 1001, but it was 1000",
						failing(() -> feed().attempt(1).closedWith(1001))),
				Arguments.of("no such frame", failing(() -> feed().attempt(2).closedWith(1000))),
				Arguments.of("no end", failing(() -> feed().attempt(2).hasEnded())));
	}

	private static ThrowingCallable failing(ThrowingCallable assertion) {
		return assertion;
	}

	private static ScriptedWebSocketServerAssert feed() {
		return ScriptedWebSocketServerAssert.assertThat(server).as("the feed").within(Duration.ofMillis(50));
	}

}
