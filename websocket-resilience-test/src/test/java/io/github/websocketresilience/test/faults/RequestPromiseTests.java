package io.github.websocketresilience.test.faults;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.RequestFailedException.Reason;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the future of a {@code request} says, when sockets end under it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RequestPromiseTests {

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void requestThatWaitsSurvivesTheSocketAndGetsItsReply() {
		this.server.attempt(1).refuse(503);
		this.server.attempt(2).answerTexts((text) -> text);
		try (StarterApplication application = start()) {
			application.awaitState(ConnectionState.WAITING);
			CompletableFuture<Message> reply = application.connection().request(Map.of("ask", "time"));
			application.connection().reconnect();
			Message.Text text = (Message.Text) reply.orTimeout(20, TimeUnit.SECONDS).join();
			assertThat(text.text()).contains("\"ask\":\"time\"");
		}
	}

	@Test
	void requestThatWasWrittenFailsWithItsSocketAndIsNotWrittenAgain() {
		try (StarterApplication application = start()) {
			application.assertReconnected(this.server, 1);
			CompletableFuture<Message> reply = application.connection().request("{\"id\":1}");
			this.server.connection(1).awaitText("{\"id\":1}", StarterApplication.PATIENCE).dropWithReset();
			assertThat(failure(reply).reason()).isEqualTo(Reason.DISCONNECTED);
			application.awaitState(ConnectionState.WAITING);
			application.connection().reconnect();
			application.assertReconnected(this.server, 2);
			application.connection().send("later").join();
			assertThat(this.server.connection(2).awaitText("later", StarterApplication.PATIENCE).texts())
				.containsExactly("later");
		}
	}

	@Test
	void requestThatIsNotAnsweredTimesOutAndTheSocketStays() {
		try (StarterApplication application = start("request.timeout=300ms")) {
			application.assertReconnected(this.server, 1);
			WebSocketConnection connection = application.connection();
			assertThat(failure(connection.request(Map.of("ask", "time"))).reason()).isEqualTo(Reason.TIMED_OUT);
			application.assertReconnected(this.server, 1);
		}
	}

	private static RequestFailedException failure(CompletableFuture<Message> reply) {
		StarterApplication.until("failed", reply::isDone);
		return (RequestFailedException) reply.handle((message, failure) -> failure).join();
	}

	private StarterApplication start(String... properties) {
		String[] all = Stream.concat(Stream.of("request.id=/id", "reconnect.delay=1h"), Stream.of(properties))
			.toArray(String[]::new);
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), all));
	}

}
