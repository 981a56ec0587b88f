package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue}: what a writer holds counts against the bounds and
 * cannot be dropped.
 */
class OutboundQueueTests {

	private final SimulatedTime time = new SimulatedTime(1);

	private final Parts parts = Parts.of(this.time, new SimulatedWorkers());

	private final OutboundQueue queue = new OutboundQueue(new Outbound(WhenDisconnected.QUEUE, 100, 10,
			Duration.ofSeconds(30), OutboundOverflow.DROP_OLDEST, Duration.ofSeconds(10)), this.time,
			this.parts.undelivered(), new NoSignals());

	private final Deque<Outgoing> held = new ArrayDeque<>();

	@Test
	void oldestIsDroppedForWhatFitsThen() {
		offer("12345678");
		this.queue.take(this.held, 1);
		offer("1", "2");
		offer("3");
		assertThat(this.queue.size()).isEqualTo(new Amount(3, 10));
		assertThat(this.parts.discards().count(DiscardReason.QUEUE_FULL)).isEqualTo(1);
	}

	@Test
	void nothingIsDroppedForWhatWouldNotFitEvenThen() {
		offer("12345678");
		this.queue.take(this.held, 1);
		offer("1", "2");
		offer("12345");
		assertThat(this.queue.size()).isEqualTo(new Amount(3, 10));
		assertThat(this.parts.discards().count(DiscardReason.QUEUE_FULL)).isEqualTo(1);
	}

	@Test
	void whatFitsExactlyDropsTheOldest() {
		offer("12345678");
		this.queue.take(this.held, 1);
		offer("1", "2");
		offer("34");
		assertThat(this.queue.size()).isEqualTo(new Amount(2, 10));
		assertThat(this.parts.discards().count(DiscardReason.QUEUE_FULL)).isEqualTo(2);
	}

	@Test
	void writerTakesNoMoreThanItWants() {
		offer("1", "2", "3");
		assertThat(this.queue.take(this.held, 2)).isEqualTo(2);
		assertThat(this.held).hasSize(2);
	}

	@Test
	void whatAWriterOfAnEarlierRunReturnsIsClosedAlsoWhereNothingMayWait() {
		offer("1");
		this.queue.take(this.held, 1);
		this.queue.moveGate(OutboundQueue.Gate.REJECTING, 1);
		this.queue.takeBack(this.held, 0);
		assertThat(this.parts.discards().count(DiscardReason.CLOSED)).isEqualTo(1);
	}

	@Test
	void noCallKeepsTheLock() {
		List<Runnable> calls = List.of(() -> offer("1"), () -> this.queue.take(this.held, 1), this.queue::expire,
				this.queue::claim, this.queue::size, this.queue::held, () -> this.queue.takeBack(this.held, 1),
				() -> this.queue.release(0, 0), () -> this.queue.moveGate(OutboundQueue.Gate.OPEN, 1),
				() -> this.queue.withdraw(message("2")));
		for (Runnable call : calls) {
			call.run();
			assertThat(HeldLocks.of(this.queue)).isEmpty();
		}
	}

	private void offer(String... texts) {
		for (String text : texts) {
			this.queue.offer(message(text));
		}
	}

	private Outgoing message(String text) {
		return new Outgoing(new Message.Text(text), null, this.time.nanoTime() + 1);
	}

	private static final class NoSignals implements OutboundQueue.Signals {

		@Override
		public void pump() {
		}

		@Override
		public void expiryNeeded() {
		}

	}

}
