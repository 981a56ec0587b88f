package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what listeners get at a close: what was received, for {@code close-timeout}.
 */
class DeliveryAtCloseTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void whatWasReceivedIsDeliveredUntilTheDeadline() {
		ManualSocket socket = closingBehindListeners("one", "two");
		socket.peerCloses(1000);
		this.connection.settle();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSED);
		this.connection.almost(Duration.ofSeconds(5));
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "one", "two", "Closing",
				"Disconnected", "Closed");
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void whatIsNotDeliveredAtTheDeadlineIsDiscardedAndCounted() {
		ManualSocket socket = closingBehindListeners("one", "two!");
		socket.peerCloses(1000);
		this.connection.almost(Duration.ofSeconds(5));
		assertThat(this.connection.engine().discarded(DiscardReason.CLOSE_DEADLINE)).isZero();
		this.connection.nano();
		assertThat(this.connection.engine().discarded(DiscardReason.CLOSE_DEADLINE)).isEqualTo(2);
		assertThat(this.connection.engine().snapshot().discarded().bytes()).isEqualTo(7);
		int events = this.connection.events().size();
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).as("events stay, messages do not")
			.containsExactly("Attempted", "Opened", "Closing", "Disconnected", "Closed");
		assertThat(this.connection.events()).as("closed is closed").hasSize(events);
	}

	@Test
	void messagesDuringTheCloseAreDelivered() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.engine().close();
		socket.text("late");
		socket.peerCloses(1000);
		socket.text("too late");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("Closing", "late", "Disconnected", "Closed");
		assertThat(this.connection.engine().discarded(DiscardReason.SOCKET_ENDED)).isEqualTo(1);
	}

	@Test
	void listenersHearOfACloseThatTheServerDoesNotAnswer() {
		this.connection.start();
		this.connection.open();
		this.connection.engine().close();
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(this.connection.heard()).endsWith("Closing", "Disconnected", "Closed");
	}

	@Test
	void startCancelsTheDeadline() {
		ManualSocket socket = closingBehindListeners("one");
		socket.peerCloses(1000);
		this.connection.advance(Duration.ofSeconds(4));
		this.connection.engine().start();
		this.connection.advance(Duration.ofSeconds(4));
		assertThat(this.connection.clock().pending()).isEmpty();
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).endsWith("one", "Closing", "Disconnected", "Closed", "Attempted");
	}

	@Test
	void runAfterADeadlineThatWasMissedDeliversAgain() {
		ManualSocket socket = closingBehindListeners("one");
		socket.peerCloses(1000);
		this.connection.advance(Duration.ofSeconds(5));
		this.connection.releaseListeners();
		this.connection.start();
		this.connection.open().text("two");
		this.connection.settle();
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "Closing", "Disconnected", "Closed",
				"Attempted", "Opened", "two");
		CompletableFuture<Void> stopped = this.connection.engine().stop();
		this.connection.settle();
		assertThat(stopped).isNotDone();
	}

	@Test
	void closeDoesNotWaitForListenersAndStopDoes() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.blockListeners();
		socket.text("one");
		CompletableFuture<Void> closed = this.connection.engine().close();
		CompletableFuture<Void> stopped = this.connection.engine().stop();
		socket.peerCloses(1000);
		this.connection.settle();
		assertThat(closed).isCompleted();
		assertThat(stopped).isNotDone();
		this.connection.releaseListeners();
		assertThat(stopped).isCompleted();
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void stopWaitsNoLongerThanTheDeadline() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.blockListeners();
		socket.text("one");
		CompletableFuture<Void> stopped = this.connection.engine().stop();
		socket.peerCloses(1000);
		this.connection.almost(Duration.ofSeconds(5));
		assertThat(stopped).isNotDone();
		this.connection.nano();
		assertThat(stopped).isCompleted();
		CompletableFuture<Void> again = this.connection.engine().stop();
		this.connection.settle();
		assertThat(again).as("the deadline is over").isCompleted();
	}

	@Test
	void stopOfWhatNeverStartedCompletes() {
		CompletableFuture<Void> stopped = this.connection.engine().stop();
		this.connection.settle();
		assertThat(stopped).isCompleted();
		assertThat(this.connection.heard()).containsExactly("Closed");
		assertThat(this.connection.workers().retained()).isZero();
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void listenerMayWaitForTheClose() {
		CompletableFuture<Void> waited = new CompletableFuture<>();
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				CompletableFuture<Void> closed = source.close();
				DeliveryAtCloseTests.this.connection.transport().attempt().socket().peerCloses(1000);
				DeliveryAtCloseTests.this.connection.workers().runAll(SimulatedWorkers.Group.COMPLETIONS);
				assertThat(closed).isCompleted();
				waited.complete(null);
			}

		});
		this.connection.start();
		this.connection.open().text("close!");
		this.connection.settle();
		assertThat(waited).isCompleted();
		assertThat(this.connection.events(ConnectionEvent.ListenerFailed.class)).isEmpty();
	}

	private ManualSocket closingBehindListeners(String... texts) {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.blockListeners();
		for (String text : texts) {
			socket.text(text);
		}
		this.connection.engine().close();
		return socket;
	}

}
