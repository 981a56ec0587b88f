package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link DeliveryLog} with real threads: the drainer's role. Each message carries the
 * number of events that were appended before it was offered, each event that of the
 * messages: so the listener sees whether both come in one order.
 */
class DeliveryLogStressTests {

	private static final int MESSAGES = 20_000;

	private static final int EVENTS = 5_000;

	private final RealWorkers workers = new RealWorkers();

	private final StoppedTime time = new StoppedTime();

	private final Parts parts = Parts.of(this.time, this.workers);

	private final Hearing hearing = new Hearing();

	private final DeliveryLog log = this.parts.log(new Inbound(MESSAGES, Long.MAX_VALUE, InboundOverflow.PAUSE),
			this.hearing);

	private final AtomicInteger offered = new AtomicInteger();

	private final AtomicInteger submitted = new AtomicInteger();

	private final AtomicInteger appended = new AtomicInteger();

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void deliveriesComeOneAtATimeInOneOrderAndNoneIsLost() throws Exception {
		Segment segment = this.log.newSegment();
		segment.link();

		Crowd.together(() -> {
			for (int i = 1; i <= MESSAGES; i++) {
				segment.offer(new Message.Text(i + ":" + this.appended.get()));
				this.offered.set(i);
				letTheDrainerRest(i);
			}
		}, this::append, this::append);
		this.log.delivered().get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);

		assertThat(this.hearing.overlaps).hasValue(0);
		assertThat(this.hearing.disorder).hasValue(0);
		assertThat(this.hearing.messages).isEqualTo(MESSAGES);
		assertThat(this.hearing.events).isEqualTo(2 * EVENTS);
		assertThat(this.log.size()).isEqualTo(new Amount(0, 0));
		assertThat(this.parts.failures()).isEmpty();
	}

	private void append() {
		for (int i = 1; i <= EVENTS; i++) {
			Crowd.await(this::isRoomForEvents);
			this.submitted.incrementAndGet();
			this.parts.serial().execute(() -> {
				int number = this.appended.get() + 1;
				this.log.append(new ConnectionEvent.HeartbeatMissed("test", this.offered.get(), Instant.EPOCH, number));
				this.appended.set(number);
			});
			letTheDrainerRest(i);
		}
	}

	/**
	 * Events that fold are another test's.
	 */
	private boolean isRoomForEvents() {
		int underWay = this.submitted.get() - this.appended.get();
		return underWay + this.log.waitingEvents() < EventBuffer.CAPACITY / 2;
	}

	/**
	 * The role changes hands only when the log runs empty.
	 */
	private void letTheDrainerRest(int number) {
		if (number % 32 == 0) {
			Crowd.await(() -> this.log.size().messages() == 0);
		}
	}

	private final class Hearing implements ConnectionListener {

		private final AtomicBoolean busy = new AtomicBoolean();

		private final AtomicInteger overlaps = new AtomicInteger();

		private final AtomicInteger disorder = new AtomicInteger();

		/**
		 * Neither volatile nor atomic: one call's changes are visible to the next.
		 */
		private int messages;

		private int events;

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			int number = ((ConnectionEvent.HeartbeatMissed) event).missed();
			alone(() -> {
				this.events++;
				if (number != this.events || this.messages < event.attempt()) {
					this.disorder.incrementAndGet();
				}
			});
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			String[] numbers = ((Message.Text) message).text().split(":");
			alone(() -> {
				this.messages++;
				if (Integer.parseInt(numbers[0]) != this.messages || this.events < Integer.parseInt(numbers[1])) {
					this.disorder.incrementAndGet();
				}
			});
		}

		private void alone(Runnable delivery) {
			if (!this.busy.compareAndSet(false, true)) {
				this.overlaps.incrementAndGet();
			}
			delivery.run();
			Crowd.linger(this.messages % 32);
			this.busy.set(false);
		}

	}

}
