package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent.Attempted;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an orderly close: what is queued is written, then the close frame is sent,
 * and closed stays closed.
 */
class CloseTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void whatIsQueuedIsWrittenBeforeTheCloseFrame() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("taken", "taken too");
		this.connection.settle();
		socket.take();
		fates.addAll(send("waiting"));
		this.connection.engine().close();
		this.connection.settle();
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 write");
		socket.flush();
		socket.writeAll();
		this.connection.settle();
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 write", "#1 close 1000");
		assertThat(fates).hasToString("[sent, sent, sent]");
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSING);
	}

	@Test
	void whatAWriterReturnsIsWrittenByTheNext() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("begun", "taken");
		this.connection.settle();
		socket.take();
		this.connection.engine().close();
		socket.flush();
		socket.done(null);
		this.connection.settle();
		socket.writeAll();
		this.connection.settle();
		assertThat(fates).hasToString("[sent, sent]");
		assertThat(this.connection.transport().calls()).endsWith("#1 write", "#1 write", "#1 close 1000");
	}

	@Test
	void closeThatIsNotAnsweredEndsAtItsTime() {
		open();
		CompletableFuture<Void> closed = this.connection.engine().close();
		this.connection.almost(Duration.ofSeconds(5));
		assertThat(closed).isNotDone();
		this.connection.nano();
		assertThat(closed).isCompleted();
		assertThat(lastDisconnect().kind()).isEqualTo(Kind.CLOSE_REQUESTED);
		assertThat(lastDisconnect().text()).isEqualTo("closed on request, not answered within 5s");
		assertThat(lastDisconnect().closeCode()).isNull();
		assertThat(this.connection.transport().calls()).endsWith("#1 close 1000", "#1 abort 1001");
	}

	@Test
	void whatIsNotWrittenInTimeFails() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("begun", "taken");
		this.connection.settle();
		socket.take();
		fates.addAll(send("waiting"));
		CompletableFuture<Void> closed = this.connection.engine().close();
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(closed).isCompleted();
		assertThat(fates).hasToString("[pending, pending, CLOSED]");
		socket.done(null);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, CLOSED, CLOSED]");
	}

	@Test
	void stopWaitsForTheWriterAndTheFatesOfWhatItHolds() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("begun", "taken");
		this.connection.settle();
		socket.take();
		CompletableFuture<Void> stopped = this.connection.engine().stop();
		CompletableFuture<Void> checked = stopped
			.thenRun(() -> assertThat(fates).hasToString("[LOST_IN_FLIGHT, CLOSED]"));
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(stopped).isNotDone();
		socket.done(null);
		this.connection.settle();
		assertThat(checked).isCompleted();
	}

	@Test
	void writeThatHungAlreadyIsJudgedFromItsBegin() {
		this.connection.settings((settings) -> settings.closeTimeout(Duration.ofMinutes(1)));
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("hangs");
		this.connection.settle();
		socket.take();
		this.connection.advance(Duration.ofSeconds(8));
		this.connection.engine().close();
		this.connection.almost(Duration.ofSeconds(2));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSING);
		this.connection.nano();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(lastDisconnect().text()).isEqualTo("closed on request during a write that took longer than 10s");
	}

	@Test
	void closeCodeOfTheServerIsKept() {
		ManualSocket socket = open();
		this.connection.advance(Duration.ofSeconds(2));
		this.connection.engine().close();
		socket.peerCloses(1001);
		assertThat(lastDisconnect().closeCode()).isEqualTo(1001);
		assertThat(lastDisconnect().text()).isEqualTo("closed on request");
		assertThat(lastDisconnect().openFor()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void everyCloseGetsItsFuture() {
		ManualSocket socket = open();
		CompletableFuture<Void> first = this.connection.engine().close();
		CompletableFuture<Void> second = this.connection.engine().close();
		this.connection.settle();
		assertThat(first).isNotDone();
		assertThat(second).isNotDone();
		socket.peerCloses(1000);
		assertThat(first).as("never on the thread of the transport").isNotDone();
		this.connection.settle();
		assertThat(first).isCompleted();
		assertThat(second).isCompleted();
		CompletableFuture<Void> third = this.connection.engine().close();
		this.connection.settle();
		assertThat(third).isCompleted();
	}

	@Test
	void startDuringTheCloseIsRememberedUntilClosed() {
		ManualSocket socket = open();
		CompletableFuture<Void> closed = this.connection.engine().close();
		this.connection.engine().start();
		List<Fate> fates = send("during");
		this.connection.settle();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSING);
		assertThat(fates).hasToString("[CLOSED]");
		socket.peerCloses(1000);
		this.connection.settle();
		assertThat(closed).isCompleted();
		assertThat(this.connection.events(Attempted.class)).extracting(Attempted::attempt).containsExactly(1L, 1L);
		assertThat(this.connection.heard()).endsWith("Disconnected", "Closed", "Attempted");
		assertThat(this.connection.workers().retained()).isEqualTo(1);
	}

	@Test
	void nothingReconnectsAfterAClose() {
		ManualSocket socket = open();
		this.connection.engine().close();
		this.connection.engine().reconnect();
		socket.breaks();
		this.connection.engine().reconnect();
		this.connection.advance(Duration.ofHours(1));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.transport().attempts()).hasSize(1);
		assertThat(this.connection.clock().pending()).isEmpty();
		assertThat(this.connection.workers().retained()).isZero();
	}

	@Test
	void queuedMessagesFailWhenAConnectionThatWasNeverOpenCloses() {
		List<Fate> fates = send("one", "two");
		this.connection.engine().close();
		this.connection.settle();
		assertThat(fates).hasToString("[CLOSED, CLOSED]");
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void sendAfterCloseFailsAndIsCountedWithoutAnEvent() {
		this.connection.engine().close();
		this.connection.settle();
		int events = this.connection.events().size();
		List<Fate> fates = send("late", "late");
		this.connection.settle();
		assertThat(fates).hasToString("[CLOSED, CLOSED]");
		assertThat(this.connection.engine().discarded(DiscardReason.CLOSED)).isEqualTo(2);
		assertThat(this.connection.events()).hasSize(events);
	}

	@Test
	void whatAWriterOfAnEarlierRunReturnsFails() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("begun", "taken");
		this.connection.settle();
		socket.take();
		this.connection.engine().close();
		socket.breaks();
		this.connection.start();
		ManualSocket next = this.connection.open();
		fates.addAll(send("new"));
		this.connection.settle();
		assertThat(next.isWriting()).isFalse();
		socket.done(null);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, CLOSED, pending]");
		next.writeAll();
		assertThat(next.written()).containsExactly("new");
	}

	@Test
	void underRejectACloseDrains() {
		this.connection.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.REJECT, 10, 1000,
				Duration.ofSeconds(30), OutboundOverflow.REJECT, Duration.ofSeconds(10))));
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("begun");
		this.connection.settle();
		socket.take();
		List<Fate> fates = send("waiting");
		this.connection.engine().close();
		this.connection.settle();
		assertThat(fates).hasToString("[pending]");
		socket.flush();
		socket.writeAll();
		this.connection.settle();
		assertThat(fates).hasToString("[sent]");
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private List<Fate> send(String... texts) {
		List<Fate> fates = new ArrayList<>();
		for (String text : texts) {
			fates.add(Fate.of(this.connection.engine().send(text)));
		}
		return fates;
	}

	private Disconnect lastDisconnect() {
		return Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
	}

}
