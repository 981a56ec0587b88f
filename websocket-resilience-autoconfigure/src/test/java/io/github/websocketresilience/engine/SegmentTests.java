package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Segment}: the bounds of the log at the limit and one past it.
 */
class SegmentTests {

	private static final long LARGE = 1_000_000;

	private final SimulatedTime time = new SimulatedTime(1);

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final Parts parts = Parts.of(this.time, this.workers);

	private final List<String> calls = new ArrayList<>();

	private final List<String> heard = new ArrayList<>();

	private Runnable duringPause = () -> {
	};

	private Consumer<String> messageListener = (text) -> {
	};

	private DeliveryLog log;

	private Segment segment;

	@Test
	void messageThatFillsTheLogPausesReading() {
		open(new Inbound(4, LARGE, InboundOverflow.PAUSE));
		offer("1", "2", "3");
		assertThat(this.calls).isEmpty();
		offer("4");
		assertThat(this.calls).containsExactly("pause");
		assertThat(this.segment.isPaused()).isTrue();
		assertThat(this.log.isReadingPaused()).isTrue();
	}

	@Test
	void messageThatFillsTheLogByItsBytesPausesReading() {
		open(new Inbound(100, 10, InboundOverflow.PAUSE));
		offer("12345", "1234");
		assertThat(this.calls).isEmpty();
		offer("1");
		assertThat(this.calls).containsExactly("pause");
		assertThat(this.log.size()).isEqualTo(new Amount(3, 10));
	}

	@Test
	void messageBeyondAPauseIsRefusedAndCounted() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		offer("1", "2");
		assertThat(this.segment.offer(new Message.Text("333"))).isFalse();
		assertThat(this.parts.discards().count(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(1, 3));
		assertThat(this.calls).containsExactly("pause");
	}

	@Test
	void socketThatCannotBePausedYetDoesNotExceedTheBound() {
		this.log = log(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		this.segment = this.log.newSegment();
		offer("1", "2");
		assertThat(this.segment.offer(new Message.Text("3"))).isFalse();
		assertThat(this.parts.discards().count(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		this.segment.link();
		this.workers.runAll();
		assertThat(this.heard).containsExactly("1", "2");
	}

	@Test
	void readingIsResumedBelowHalfAndNotAtHalf() {
		open(new Inbound(4, LARGE, InboundOverflow.PAUSE));
		offer("1", "2", "3", "4");
		List<String> atCall = new ArrayList<>();
		onMessage((text) -> atCall.add(text + this.calls));
		this.workers.runAll();
		assertThat(atCall).containsExactly("1[pause]", "2[pause]", "3[pause, resume, resumed]",
				"4[pause, resume, resumed]");
		assertThat(this.segment.isPaused()).isFalse();
	}

	@Test
	void readingIsResumedBelowHalfOfTheBytes() {
		open(new Inbound(100, 10, InboundOverflow.PAUSE));
		offer("1", "2345", "12345");
		List<String> atCall = new ArrayList<>();
		onMessage((text) -> atCall.add(text + this.calls));
		this.workers.runAll();
		assertThat(atCall).containsExactly("1[pause]", "2345[pause]", "12345[pause, resume, resumed]");
	}

	@Test
	void logOfOneMessageIsResumedWhenItIsEmpty() {
		open(new Inbound(1, LARGE, InboundOverflow.PAUSE));
		offer("1");
		this.workers.runAll();
		offer("2");
		this.workers.runAll();
		assertThat(this.calls).containsExactly("pause", "resume", "resumed", "pause", "resume", "resumed");
		assertThat(this.heard).containsExactly("1", "2");
	}

	@Test
	void pauseThatIsTakenBackWhileUnderWayIsResumedByTheReader() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		this.duringPause = () -> {
			this.workers.runAll(Group.LISTENERS);
			assertThat(this.heard).containsExactly("1", "2");
			this.calls.add("drained");
		};
		offer("1", "2");
		assertThat(this.calls).containsExactly("pause", "drained", "resume", "resumed");
		assertThat(this.segment.isPaused()).isFalse();
	}

	@Test
	void pausedTimeIsAddedUp() {
		open(new Inbound(1, LARGE, InboundOverflow.PAUSE));
		offer("1");
		this.time.advance(Duration.ofNanos(30));
		assertThat(this.segment.pausedNanos()).isEqualTo(30);
		this.workers.runAll();
		assertThat(this.segment.backAt()).isEqualTo(this.time.nanoTime());
		this.time.advance(Duration.ofNanos(7));
		offer("2");
		this.time.advance(Duration.ofNanos(5));
		assertThat(this.segment.pausedNanos()).isEqualTo(35);
		this.segment.seal();
		this.time.advance(Duration.ofNanos(100));
		assertThat(this.segment.pausedNanos()).isEqualTo(35);
	}

	@Test
	void timeInWhichTheReaderWasAwayIsThatOfPausesAndOfItsOwnCalls() {
		open(new Inbound(1, LARGE, InboundOverflow.PAUSE, Dispatch.DIRECT, null, OnSilence.REPORT));
		onMessage((text) -> {
			this.time.advance(Duration.ofNanos(3));
			if (text.equals("1")) {
				offer("2");
			}
		});
		offer("1");
		this.time.advance(Duration.ofNanos(30));
		assertThat(this.segment.awayNanos()).isEqualTo(33);
		this.workers.runAll();
		assertThat(this.segment.awayNanos()).as("a call of a worker is none of the reader's").isEqualTo(33);
		onMessage((text) -> {
			this.time.advance(Duration.ofNanos(5));
			assertThat(this.segment.awayNanos()).isEqualTo(38);
		});
		offer("3");
		assertThat(this.heard).containsExactly("1", "2", "3");
	}

	@Test
	void underDropOldestTheOldestLosesAndNothingPauses() {
		open(new Inbound(2, LARGE, InboundOverflow.DROP_OLDEST));
		offer("1", "2");
		assertThat(this.parts.discards().total().messages()).isZero();
		offer("3");
		assertThat(this.parts.discards().count(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		this.workers.runAll();
		assertThat(this.heard).containsExactly("2", "3");
		assertThat(this.calls).isEmpty();
	}

	@Test
	void underDropOldestAsManyLoseAsFillTheBytes() {
		open(new Inbound(100, 10, InboundOverflow.DROP_OLDEST));
		offer("12345", "1234", "12345678901234567890");
		assertThat(this.parts.discards().total().messages()).isZero();
		offer("1");
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(3, 29));
		assertThat(this.log.size()).isEqualTo(new Amount(1, 1));
	}

	@Test
	void underDropOldestAMessageThatIsNotLinkedYetLosesToo() {
		this.log = log(new Inbound(2, LARGE, InboundOverflow.DROP_OLDEST));
		this.segment = this.log.newSegment();
		offer("1", "2", "3");
		this.segment.link();
		this.workers.runAll();
		assertThat(this.heard).containsExactly("2", "3");
	}

	@Test
	void underDropOldestAFullLogOfNothingToDropTakesWhatComes() {
		this.log = log(new Inbound(1, LARGE, InboundOverflow.DROP_OLDEST));
		Segment connecting = this.log.newSegment();
		assertThat(connecting.offer(new Message.Text("greeting"))).isTrue();
		this.segment = this.log.newSegment();
		offer("1");
		assertThat(this.log.size().messages()).isEqualTo(2);
	}

	@Test
	void sealedSegmentTakesNothing() {
		open(new Inbound(4, LARGE, InboundOverflow.PAUSE));
		offer("1");
		this.segment.seal();
		assertThat(this.segment.offer(new Message.Text("22"))).isFalse();
		assertThat(this.parts.discards().count(DiscardReason.SOCKET_ENDED)).isEqualTo(1);
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(1, 2));
		this.workers.runAll();
		assertThat(this.heard).containsExactly("1");
	}

	@Test
	void whatWasNeverLinkedIsDiscardedAtTheSeal() {
		this.log = log(new Inbound(4, LARGE, InboundOverflow.PAUSE));
		this.segment = this.log.newSegment();
		offer("1", "22");
		assertThat(this.log.size()).isEqualTo(new Amount(2, 3));
		this.segment.seal();
		assertThat(this.log.size()).isEqualTo(new Amount(0, 0));
		assertThat(this.parts.discards().count(DiscardReason.SOCKET_ENDED)).isEqualTo(2);
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(2, 3));
		assertThat(this.workers.pending()).isZero();
	}

	@Test
	void sealedSegmentIsNotResumed() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		offer("1", "2");
		this.segment.seal();
		this.workers.runAll();
		assertThat(this.calls).containsExactly("pause");
		assertThat(this.segment.isPaused()).isFalse();
		assertThat(this.heard).containsExactly("1", "2");
	}

	@Test
	void firstMessageOfASocketThatFindsAFullLogIsTakenAndDiscardedAtTheSealIfThereIsStillNoRoom() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		offer("1", "2");
		this.segment.seal();
		nextSocket();
		offer("3");
		assertThat(this.calls).containsExactly("pause", "pause");
		this.segment.seal();
		assertThat(this.log.size().messages()).isEqualTo(2);
		assertThat(this.parts.discards().count(DiscardReason.LISTENERS_BEHIND)).isEqualTo(1);
		this.workers.runAll();
		assertThat(this.heard).containsExactly("1", "2");
	}

	@Test
	void firstMessageOfASocketThatFoundAFullLogStaysIfThereIsRoomMeanwhile() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		offer("1", "2");
		this.segment.seal();
		nextSocket();
		offer("3");
		this.workers.runAll();
		this.segment.seal();
		assertThat(this.heard).containsExactly("1", "2", "3");
		assertThat(this.parts.discards().total().messages()).isZero();
	}

	@Test
	void bytesBeyondTheBoundAreDiscardedAtTheSeal() {
		open(new Inbound(100, 10, InboundOverflow.PAUSE));
		offer("123456", "123456");
		this.segment.seal();
		assertThat(this.log.size()).isEqualTo(new Amount(2, 12));
		nextSocket();
		offer("123");
		this.segment.seal();
		assertThat(this.log.size()).isEqualTo(new Amount(2, 12));
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(1, 3));
	}

	@Test
	void messageThatFillsTheBytesExactlyIsNotBeyondTheBound() {
		open(new Inbound(100, 10, InboundOverflow.PAUSE));
		offer("12345", "12345");
		this.segment.seal();
		assertThat(this.log.size()).isEqualTo(new Amount(2, 10));
		assertThat(this.parts.discards().total().messages()).isZero();
	}

	@Test
	void sealTakesNothingOfAnotherSocketThatIsBeyondTheBound() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		offer("1", "2");
		this.segment.seal();
		nextSocket();
		offer("3");
		Segment another = this.log.newSegment();
		another.seal();
		this.workers.runAll();
		assertThat(this.heard).containsExactly("1", "2", "3");
	}

	@Test
	void deadlineEndsAPause() {
		open(new Inbound(2, LARGE, InboundOverflow.PAUSE));
		offer("1", "2");
		this.log.discardMessages();
		assertThat(this.calls).containsExactly("pause", "resume", "resumed");
		offer("3");
		this.workers.runAll();
		assertThat(this.heard).containsExactly("3");
	}

	private void onMessage(Consumer<String> listener) {
		this.messageListener = listener;
	}

	private void open(Inbound inbound) {
		this.log = log(inbound);
		nextSocket();
	}

	private void nextSocket() {
		this.segment = this.log.newSegment();
		this.segment.attach(new Socket(), () -> this.calls.add("resumed"));
		this.segment.link();
	}

	private DeliveryLog log(Inbound inbound) {
		return this.parts.log(inbound, new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				String text = ((Message.Text) message).text();
				SegmentTests.this.messageListener.accept(text);
				SegmentTests.this.heard.add(text);
			}

		});
	}

	private void offer(String... texts) {
		for (String text : texts) {
			assertThat(this.segment.offer(new Message.Text(text))).isTrue();
		}
	}

	private final class Socket implements Transport.Socket {

		@Override
		public void pauseReading() {
			SegmentTests.this.calls.add("pause");
			SegmentTests.this.duringPause.run();
		}

		@Override
		public void resumeReading() {
			SegmentTests.this.calls.add("resume");
		}

		@Override
		public void write(Transport.Outbox outbox) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close(int code, String reason) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void abort(int code) {
			throw new UnsupportedOperationException();
		}

	}

}
