package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryLog} and {@link Segment}: what waits for listeners, when
 * reading pauses, what is dropped. Four messages or 100 bytes.
 */
class InboundTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void readingPausesWithTheMessageThatFillsTheLog() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		List.of("1", "2", "3").forEach(socket::text);
		assertThat(calls()).isEmpty();
		socket.text("4");
		assertThat(calls()).containsExactly("pause");
		assertThat(this.connection.engine().snapshot().readingPaused()).isTrue();
		assertThat(this.connection.engine().inbound()).isEqualTo(new Amount(4, 4));
		assertThat(this.connection.engine().snapshot().log()).isEqualTo(new Amount(4, 4));
	}

	@Test
	void readingPausesWithTheByteThatFillsTheLog() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		socket.text("x".repeat(99));
		assertThat(calls()).isEmpty();
		socket.text("x");
		assertThat(calls()).containsExactly("pause");
	}

	@Test
	void readingGoesOnBelowHalf() {
		List<String> calls = new ArrayList<>();
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				calls.add(((Message.Text) message).text() + calls());
			}

		});
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		List.of("1", "2", "3", "4").forEach(socket::text);
		this.connection.releaseListeners();
		assertThat(calls).containsExactly("1[pause]", "2[pause]", "3[pause, resume]", "4[pause, resume]");
		assertThat(this.connection.engine().snapshot().readingPaused()).isFalse();
	}

	@Test
	void bytesMustBeBelowHalfToo() {
		List<Object> calls = new ArrayList<>();
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				calls.add(calls());
			}

		});
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		List.of("x", "y".repeat(50), "z".repeat(49)).forEach(socket::text);
		this.connection.releaseListeners();
		socket.text("x");
		socket.text("y".repeat(99));
		this.connection.settle();
		assertThat(calls).hasToString("[[pause], [pause, resume], [pause, resume], "
				+ "[pause, resume, pause], [pause, resume, pause, resume]]");
	}

	@Test
	void pauseThatIsTakenBackWhileItIsUnderWayIsResumedByTheReader() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		socket.duringPause(() -> {
			this.connection.releaseListeners();
			assertThat(calls()).as("not before the pause").containsExactly("pause");
		});
		List.of("1", "2", "3", "4").forEach(socket::text);
		assertThat(calls()).containsExactly("pause", "resume");
		assertThat(this.connection.heard()).endsWith("1", "2", "3", "4");
	}

	@Test
	void messageThatComesThoughReadingIsPausedIsRefusedAndCounted() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		List.of("1", "2", "3", "4", "5").forEach(socket::text);
		assertThat(this.connection.engine().discarded(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		assertThat(calls()).containsExactly("pause");
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).endsWith("1", "2", "3", "4", "MessagesDiscarded");
	}

	@Test
	void socketThatHasNotOpenedCannotExceedTheBound() {
		bounded(InboundOverflow.PAUSE);
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		List.of("1", "2", "3", "4", "5").forEach(attempt.engine()::text);
		assertThat(this.connection.engine().discarded(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		attempt.opens();
		this.connection.settle();
		assertThat(this.connection.heard()).containsSubsequence("Opened", "1", "2", "3", "4");
	}

	@Test
	void oldestIsDroppedAndReadingNeverPauses() {
		ManualSocket socket = blocked(InboundOverflow.DROP_OLDEST);
		List.of("1", "2", "3", "4", "5", "6").forEach(socket::text);
		assertThat(calls()).isEmpty();
		assertThat(this.connection.engine().discarded(DiscardReason.LISTENERS_BEHIND)).isEqualTo(2);
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).contains("3", "4", "5", "6").doesNotContain("1", "2");
	}

	@Test
	void asManyAreDroppedAsBytesAreNeeded() {
		ManualSocket socket = blocked(InboundOverflow.DROP_OLDEST);
		List.of("x".repeat(60), "y".repeat(40), "z").forEach(socket::text);
		assertThat(this.connection.engine().inbound()).isEqualTo(new Amount(2, 41));
	}

	@Test
	void oldestIsDroppedBeforeTheOpenToo() {
		bounded(InboundOverflow.DROP_OLDEST);
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		List.of("1", "2", "3", "4", "5").forEach(attempt.engine()::text);
		attempt.opens();
		this.connection.settle();
		assertThat(this.connection.heard()).contains("2", "3", "4", "5").doesNotContain("1");
	}

	@Test
	void socketThatEndsWhilePausedIsNotResumed() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		List.of("1", "2", "3", "4").forEach(socket::text);
		this.connection.advance(Duration.ofMillis(500));
		socket.breaks();
		this.connection.releaseListeners();
		assertThat(calls()).containsExactly("pause");
		assertThat(this.connection.heard()).endsWith("1", "2", "3", "4", "Disconnected", "RetryScheduled");
		assertThat(this.connection.engine().snapshot().lastDisconnect()).isNotNull()
			.satisfies((end) -> assertThat(end.pausedFor()).isEqualTo(Duration.ofMillis(500)));
	}

	@Test
	void nextSocketMayBringOneMoreWhichIsDiscardedWithIt() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		List.of("1", "2", "3", "4").forEach(socket::text);
		socket.breaks();
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		next.text("5");
		assertThat(this.connection.engine().inbound().messages()).isEqualTo(5);
		assertThat(calls()).containsExactly("pause", "pause");
		next.breaks();
		assertThat(this.connection.engine().inbound().messages()).isEqualTo(4);
		assertThat(this.connection.engine().discarded(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).contains("4").doesNotContain("5");
	}

	@Test
	void nextSocketMayBringOneMoreAlsoWhenBytesFillTheLog() {
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		socket.text("x".repeat(100));
		socket.breaks();
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		next.text("y");
		assertThat(this.connection.engine().inbound()).isEqualTo(new Amount(2, 101));
		next.breaks();
		assertThat(this.connection.engine().inbound()).isEqualTo(new Amount(1, 100));
	}

	@Test
	void deadlineOfTheCloseEmptiesAPausedLog() {
		this.connection.settings((settings) -> settings.closeTimeout(Duration.ofSeconds(5)));
		ManualSocket socket = blocked(InboundOverflow.PAUSE);
		this.connection.transport().hold();
		this.connection.engine().send("hangs");
		this.connection.workers().runAll(Group.IO);
		List.of("1", "2", "3", "4").forEach(socket::text);
		this.connection.engine().close();
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(this.connection.engine().discarded(DiscardReason.CLOSE_DEADLINE)).isEqualTo(4);
		assertThat(this.connection.engine().inbound()).isEqualTo(new Amount(0, 0));
	}

	private ManualSocket blocked(InboundOverflow overflow) {
		bounded(overflow);
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.blockListeners();
		return socket;
	}

	private void bounded(InboundOverflow overflow) {
		this.connection.settings((settings) -> settings.maxMessageSize(100).inbound(new Inbound(4, 100, overflow)));
	}

	/**
	 * Return when reading was paused and resumed.
	 */
	private List<String> calls() {
		return this.connection.transport()
			.calls()
			.stream()
			.filter((call) -> call.endsWith(" pause") || call.endsWith(" resume"))
			.map((call) -> call.substring(call.indexOf(' ') + 1))
			.toList();
	}

}
