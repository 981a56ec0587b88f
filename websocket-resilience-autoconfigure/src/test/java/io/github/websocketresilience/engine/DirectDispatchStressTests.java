package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link DeliveryLog} under direct dispatch with real threads: readers and workers want
 * the drainer's role. One socket follows the other, told by an event between them, and
 * the reader of the old one goes on until it is refused.
 */
class DirectDispatchStressTests {

	private static final int SOCKETS = 200;

	private static final int LEAST_MESSAGES = 50;

	private final RealWorkers workers = new RealWorkers();

	private final StoppedTime time = new StoppedTime();

	private final Parts parts = Parts.of(this.time, this.workers);

	private final Hearing hearing = new Hearing();

	private final DeliveryLog log = this.parts.log(
			new Inbound(1_000_000, Long.MAX_VALUE, InboundOverflow.PAUSE, Dispatch.DIRECT, null, OnSilence.REPORT),
			this.hearing);

	private final AtomicReferenceArray<Segment> segments = new AtomicReferenceArray<>(SOCKETS);

	private final AtomicInteger taken = new AtomicInteger();

	private final ThreadLocal<Boolean> reads = ThreadLocal.withInitial(() -> false);

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void readersAndWorkersDeliverOneAtATimeInOneOrder() throws Exception {
		Crowd.together(() -> read(0), () -> read(1), this::replaceSockets);
		this.log.delivered().get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);

		assertThat(this.hearing.overlaps).hasValue(0);
		assertThat(this.hearing.disorder).hasValue(0);
		assertThat(this.hearing.messages).isEqualTo(this.taken.get());
		assertThat(this.hearing.socket).isEqualTo(SOCKETS - 1);
		assertThat(this.hearing.direct).as("by readers").hasPositiveValue();
		assertThat(this.hearing.messages - this.hearing.direct.get()).as("by workers").isPositive();
		assertThat(this.log.size()).isEqualTo(new Amount(0, 0));
		assertThat(this.log.isIdle()).isTrue();
		assertThat(this.parts.failures()).isEmpty();
	}

	/**
	 * Read from every second socket, until it takes nothing more.
	 */
	private void read(int first) {
		this.reads.set(true);
		for (int socket = first; socket < SOCKETS; socket += 2) {
			int current = socket;
			Crowd.await(() -> this.segments.get(current) != null);
			Segment segment = this.segments.get(socket);
			for (int i = 1; segment.offer(new Message.Text(socket + ":" + i)); i++) {
				this.taken.incrementAndGet();
				Crowd.linger(i % 16);
				letTheDrainerRest(i);
			}
		}
	}

	/**
	 * The role changes hands only when the log runs empty.
	 */
	private void letTheDrainerRest(int number) {
		if (number % 16 == 0) {
			Crowd.await(this.log::isIdle);
		}
	}

	private void replaceSockets() {
		for (int socket = 0; socket < SOCKETS; socket++) {
			int number = socket;
			int before = this.taken.get();
			int directBefore = this.hearing.direct.get();
			this.parts.serial().execute(() -> {
				if (number > 0) {
					this.segments.get(number - 1).seal();
				}
				Segment next = this.log.newSegment();
				this.log.append(new ConnectionEvent.Closing("test", number, Instant.EPOCH));
				next.link();
				this.segments.set(number, next);
			});
			Crowd.await(() -> this.taken.get() - before >= LEAST_MESSAGES && this.hearing.direct.get() > directBefore);
		}
		this.parts.serial().execute(() -> this.segments.get(SOCKETS - 1).seal());
	}

	private final class Hearing implements ConnectionListener {

		private final AtomicBoolean busy = new AtomicBoolean();

		private final AtomicInteger overlaps = new AtomicInteger();

		private final AtomicInteger disorder = new AtomicInteger();

		private final AtomicInteger direct = new AtomicInteger();

		/**
		 * Neither volatile nor atomic: one call's changes are visible to the next.
		 */
		private int messages;

		private int socket = -1;

		private int ofSocket;

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			alone(() -> {
				if (DirectDispatchStressTests.this.reads.get() || event.attempt() != this.socket + 1) {
					this.disorder.incrementAndGet();
				}
				this.socket++;
				this.ofSocket = 0;
			});
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			String[] numbers = ((Message.Text) message).text().split(":");
			alone(() -> {
				this.messages++;
				this.ofSocket++;
				if (Integer.parseInt(numbers[0]) != this.socket || Integer.parseInt(numbers[1]) != this.ofSocket) {
					this.disorder.incrementAndGet();
				}
			});
			if (DirectDispatchStressTests.this.reads.get()) {
				this.direct.incrementAndGet();
			}
		}

		private void alone(Runnable delivery) {
			if (!this.busy.compareAndSet(false, true)) {
				this.overlaps.incrementAndGet();
			}
			delivery.run();
			Crowd.linger(this.messages % 8);
			this.busy.set(false);
		}

	}

}
