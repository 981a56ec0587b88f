package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each reason for which the future of a {@code send} fails, and that the server has
 * nothing else to say of the message.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SendFailureTests {

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void notConnectedIsTheReasonUnderReject() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = start("outbound.when-disconnected=reject", "reconnect.delay=1h")) {
			application.awaitState(ConnectionState.WAITING);
			assertFails(application.connection().send("never"), Reason.NOT_CONNECTED);
			application.connection().reconnect();
			assertReceivesOnly(application, 2, "later");
		}
	}

	@Test
	void queueFullIsTheReasonOfTheNewestUnderReject() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = start("outbound.capacity=2", "reconnect.delay=1h")) {
			application.awaitState(ConnectionState.WAITING);
			CompletableFuture<Void> first = application.connection().send("first");
			CompletableFuture<Void> second = application.connection().send("second");
			assertFails(application.connection().send("third"), Reason.QUEUE_FULL);
			application.connection().reconnect();
			CompletableFuture.allOf(first, second).orTimeout(20, TimeUnit.SECONDS).join();
			assertReceivesOnly(application, 2, "first", "second", "later");
		}
	}

	@Test
	void queueFullIsTheReasonOfTheOldestUnderDropOldest() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = start("outbound.capacity=2", "outbound.overflow=drop-oldest",
				"reconnect.delay=1h")) {
			application.awaitState(ConnectionState.WAITING);
			CompletableFuture<Void> first = application.connection().send("first");
			application.connection().send("second");
			CompletableFuture<Void> third = application.connection().send("third");
			assertFails(first, Reason.QUEUE_FULL);
			application.connection().reconnect();
			third.orTimeout(20, TimeUnit.SECONDS).join();
			assertReceivesOnly(application, 2, "second", "third", "later");
		}
	}

	@Test
	void expiredIsTheReasonAndItIsNotSentLate() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = start("outbound.time-to-live=200ms", "reconnect.delay=1h")) {
			application.awaitState(ConnectionState.WAITING);
			assertFails(application.connection().send("stale"), Reason.EXPIRED);
			application.connection().reconnect();
			assertReceivesOnly(application, 2, "later");
		}
	}

	@Test
	void replacedIsTheReasonOfTheOlderOfTwoWithOneKey() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = start("reconnect.delay=1h")) {
			application.awaitState(ConnectionState.WAITING);
			WebSocketConnection connection = application.connection();
			CompletableFuture<Void> older = connection.send(new Message.Text("older"), "key");
			connection.send("between");
			connection.send(new Message.Text("newer"), "key");
			assertFails(older, Reason.REPLACED);
			connection.reconnect();
			assertReceivesOnly(application, 2, "newer", "between", "later");
		}
	}

	@Test
	void closedIsTheReasonAfterACloseAndOfWhatWaitedForASocket() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = start("reconnect.delay=1h")) {
			application.awaitState(ConnectionState.WAITING);
			CompletableFuture<Void> waiting = application.connection().send("waiting");
			application.connection().close().join();
			assertFails(waiting, Reason.CLOSED);
			assertFails(application.connection().send("too late"), Reason.CLOSED);
			application.connection().start();
			assertReceivesOnly(application, 2, "later");
		}
	}

	@Test
	void tooLargeIsTheReasonAndTheSocketStays() {
		try (StarterApplication application = start("outbound.max-bytes=1KB")) {
			application.assertReconnected(this.server, 1);
			assertFails(application.connection().send("x".repeat(1025)), Reason.TOO_LARGE);
			assertReceivesOnly(application, 1, "later");
		}
	}

	@Test
	void lostInFlightIsTheReasonOfWhatWasBegunAndItIsNotWrittenAgain() {
		this.server.attempt(1).stopReading();
		try (StarterApplication application = start("outbound.max-bytes=16MB")) {
			application.assertReconnected(this.server, 1);
			CompletableFuture<Void> begun = application.connection().send(new byte[8 << 20]);
			CompletableFuture<Void> behind = application.connection().send("behind");
			// The kernels have no room for it, so once begun it stays with the writer.
			await().during(Duration.ofMillis(500))
				.atMost(StarterApplication.PATIENCE)
				.until(() -> application.connection().snapshot().queue().messages() == 2);
			this.server.connection(1).dropWithReset();
			assertFails(begun, Reason.LOST_IN_FLIGHT);
			behind.orTimeout(20, TimeUnit.SECONDS).join();
			assertReceivesOnly(application, 2, "behind", "later");
			assertThat(application.await(Disconnected.class, 1).opened()).isTrue();
		}
	}

	private static void assertFails(CompletableFuture<Void> future, Reason reason) {
		StarterApplication.until("failed", future::isDone);
		assertThat(failure(future).reason()).isEqualTo(reason);
	}

	private static SendFailedException failure(CompletableFuture<Void> future) {
		return (SendFailedException) future.handle((sent, failure) -> failure).join();
	}

	/**
	 * Send one more, and demand what has come until then.
	 */
	private void assertReceivesOnly(StarterApplication application, int attempt, String... texts) {
		application.awaitState(ConnectionState.OPEN);
		application.connection().send(texts[texts.length - 1]).orTimeout(20, TimeUnit.SECONDS).join();
		assertThat(this.server.awaitAttempt(attempt, StarterApplication.PATIENCE)
			.awaitText(texts[texts.length - 1], StarterApplication.PATIENCE)
			.texts()).containsExactly(texts);
	}

	private StarterApplication start(String... properties) {
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), properties));
	}

}
