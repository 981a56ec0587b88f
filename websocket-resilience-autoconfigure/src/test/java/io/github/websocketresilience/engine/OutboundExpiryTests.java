package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue} and {@link WaitingMessages}: messages expire in their
 * time wherever they wait, also when their deadlines are not in the order of the queue.
 */
class OutboundExpiryTests {

	private final SimulatedTime time = new SimulatedTime(1);

	private final Counting signals = new Counting();

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final OutboundQueue queue = new OutboundQueue(new Outbound(WhenDisconnected.QUEUE, 10, 100,
			Duration.ofSeconds(30), OutboundOverflow.REJECT, Duration.ofSeconds(10)), this.time,
			Parts.of(this.time, this.workers).undelivered(), this.signals);

	@Test
	void messagesExpireWhereverTheyWait() {
		List<Fate> fates = offer(30, 10, 20);
		assertThat(expireAt(0)).isEqualTo(10);
		assertThat(expireAt(9)).isEqualTo(1);
		assertThat(fates).hasToString("[pending, pending, pending]");
		assertThat(expireAt(10)).isEqualTo(10);
		assertThat(fates).hasToString("[pending, EXPIRED, pending]");
		assertThat(expireAt(20)).isEqualTo(10);
		assertThat(fates).hasToString("[pending, EXPIRED, EXPIRED]");
		assertThat(expireAt(30)).isEqualTo(-1);
		assertThat(fates).hasToString("[EXPIRED, EXPIRED, EXPIRED]");
		assertThat(this.queue.size()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void lastMessageMayExpireFirst() {
		List<Fate> fates = offer(20, 30, 10);
		assertThat(expireAt(10)).isEqualTo(10);
		assertThat(fates).hasToString("[pending, pending, EXPIRED]");
		assertThat(take()).containsExactly("20", "30");
	}

	@Test
	void severalExpireAtOnceAndTheRestKeepsItsOrder() {
		List<Fate> fates = offer(10, 40, 10, 30, 10);
		assertThat(expireAt(10)).isEqualTo(20);
		assertThat(fates).hasToString("[EXPIRED, pending, EXPIRED, pending, EXPIRED]");
		assertThat(take()).containsExactly("40", "30");
	}

	@Test
	void deadlinesInOrderStillExpireOnceTheQueueHasRunEmpty() {
		offer(20, 10);
		take();
		List<Fate> fates = offer(30, 30, 40);
		assertThat(expireAt(29)).isEqualTo(1);
		assertThat(expireAt(30)).isEqualTo(10);
		assertThat(fates).hasToString("[EXPIRED, EXPIRED, pending]");
	}

	@Test
	void onlyAnEarlierDeadlineIsTold() {
		offer(20);
		assertThat(this.signals.expiries).isEqualTo(1);
		offer(20, 21);
		assertThat(this.signals.expiries).isEqualTo(1);
		offer(19);
		assertThat(this.signals.expiries).isEqualTo(2);
		expireAt(19);
		offer(20);
		assertThat(this.signals.expiries).as("looked for already").isEqualTo(2);
		offer(19);
		assertThat(this.signals.expiries).isEqualTo(3);
	}

	@Test
	void deadlineIsToldAgainOnceNothingWaited() {
		offer(10);
		expireAt(10);
		offer(30);
		assertThat(this.signals.expiries).isEqualTo(2);
	}

	@Test
	void withdrawnMessageExpiresAtOnceInTheMiddleOfOthers() {
		List<Fate> fates = offer(10);
		Outgoing withdrawn = outgoing(10);
		this.queue.offer(withdrawn);
		fates.addAll(offer(10));
		this.queue.withdraw(withdrawn);
		assertThat(this.signals.expiries).as("asked for").isEqualTo(2);
		assertThat(expireAt(0)).isEqualTo(10);
		assertThat(withdrawn.future()).isCompletedExceptionally();
		assertThat(fates).hasToString("[pending, pending]");
		assertThat(this.queue.size()).isEqualTo(new Amount(2, 4));
	}

	@Test
	void messageMayBeWithdrawnBeforeItIsOffered() {
		Outgoing withdrawn = outgoing(10);
		this.queue.withdraw(withdrawn);
		List<Fate> fates = offer(5);
		this.queue.offer(withdrawn);
		Deque<Outgoing> batch = new ArrayDeque<>();
		assertThat(this.queue.take(batch, 10)).isEqualTo(2);
		assertThat(batch.getLast().isExpired(this.time.nanoTime())).as("a writer drops it").isTrue();
		assertThat(fates).hasToString("[pending]");
	}

	private List<Fate> offer(int... deadlines) {
		List<Fate> fates = new ArrayList<>();
		for (int deadline : deadlines) {
			Outgoing message = outgoing(deadline);
			fates.add(Fate.of(message.future()));
			this.queue.offer(message);
		}
		return fates;
	}

	/**
	 * Return a message that shows when it expires.
	 */
	private Outgoing outgoing(int deadline) {
		return new Outgoing(new Message.Text(String.valueOf(deadline)), null,
				this.time.nanoTime() - this.time.elapsed() + deadline);
	}

	private long expireAt(long at) {
		this.time.advance(Duration.ofNanos(at - this.time.elapsed()));
		long next = this.queue.expire();
		this.workers.runAll();
		return next;
	}

	private List<String> take() {
		Deque<Outgoing> batch = new ArrayDeque<>();
		int taken = this.queue.take(batch, 10);
		this.queue.release(taken, batch.stream().mapToLong(Outgoing::size).sum());
		return batch.stream().map((message) -> ((Transport.Frame.Text) message.frame()).text()).toList();
	}

	private static final class Counting implements OutboundQueue.Signals {

		private int expiries;

		@Override
		public void pump() {
		}

		@Override
		public void expiryNeeded() {
			this.expiries++;
		}

	}

}
