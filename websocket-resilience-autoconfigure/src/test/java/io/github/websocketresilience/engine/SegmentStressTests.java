package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
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
 * {@link Segment} with real threads: a reader that offers, an executor that links and
 * seals, a drainer that delivers.
 */
class SegmentStressTests {

	private static final int SOCKETS = 900;

	private static final int OFFERS = 200;

	private static final int PAUSED_MESSAGES = 20_000;

	private final StoppedTime time = new StoppedTime();

	private final RealWorkers workers = new RealWorkers();

	private final Parts parts = Parts.of(this.time, this.workers);

	private final List<String> heard = new ArrayList<>();

	private Runnable beforeMessage = () -> {
	};

	@AfterEach
	void close() {
		this.workers.close();
	}

	/**
	 * Every socket is told as "open", its messages from the first on, "end"; one that
	 * never opens as "end" alone.
	 */
	@Test
	void whatASocketOffersIsDeliveredBetweenItsOpenAndItsEndOrDiscarded() throws Exception {
		DeliveryLog log = this.parts.log(new Inbound(SOCKETS * OFFERS, Long.MAX_VALUE, InboundOverflow.PAUSE),
				new Hearing());
		List<String> expected = new ArrayList<>();
		int discarded = 0;
		for (int socket = 0; socket < SOCKETS; socket++) {
			boolean opens = socket % 3 > 0;
			int taken = offerAndSeal(log, socket, opens);
			discarded += 1 + OFFERS - (opens ? taken : 0);
			if (opens) {
				expected.add(socket + " open");
				for (int i = 0; i < taken; i++) {
					expected.add(socket + " message " + i);
				}
			}
			expected.add(socket + " end");
		}

		log.delivered().get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);

		assertThat(this.heard).isEqualTo(expected);
		assertThat(this.parts.discards().count(DiscardReason.SOCKET_ENDED)).isEqualTo(discarded);
		assertThat(this.parts.discards().total().messages()).isEqualTo(discarded);
		assertThat(log.size()).isEqualTo(new Amount(0, 0));
		assertThat(this.parts.failures()).isEmpty();
	}

	private int offerAndSeal(DeliveryLog log, int socket, boolean opens) throws Exception {
		Segment segment = log.newSegment();
		SplittableRandom random = new SplittableRandom(socket);
		AtomicInteger taken = new AtomicInteger();
		AtomicInteger begun = new AtomicInteger();
		int linkedAt = random.nextInt(OFFERS / 4);
		int sealedAt = linkedAt + random.nextInt(OFFERS / 2);
		Crowd.together(() -> {
			for (int i = 0; i < OFFERS; i++) {
				begun.set(i + 1);
				if (segment.offer(new Message.Text(socket + " message " + i))) {
					taken.incrementAndGet();
				}
			}
		}, () -> {
			if (opens) {
				Crowd.await(() -> begun.get() > linkedAt);
				log.append(event(socket, "open"));
				segment.link();
			}
			// In the middle of the offers: the reader has more than a quarter still to
			// come.
			Crowd.await(() -> begun.get() > sealedAt);
			segment.seal();
			log.append(event(socket, "end"));
		});
		assertThat(segment.offer(new Message.Text("late"))).isFalse();
		return taken.get();
	}

	private static ConnectionEvent event(int socket, String text) {
		return new ConnectionEvent.InternalError("test", socket, Instant.EPOCH, text, null);
	}

	@Test
	void everyPauseHasExactlyOneResumeAndItComesAfterIt() throws Exception {
		DeliveryLog log = this.parts.log(new Inbound(3, Long.MAX_VALUE, InboundOverflow.PAUSE), new Hearing());
		Segment segment = log.newSegment();
		PausedSocket socket = new PausedSocket();
		AtomicInteger resumesHeard = new AtomicInteger();
		// The first call takes until the log is full, so there is a pause in any case.
		this.beforeMessage = () -> Crowd.await(() -> socket.pauses.get() > 0);
		segment.attach(socket, resumesHeard::incrementAndGet);
		segment.link();
		AtomicInteger refused = new AtomicInteger();

		Crowd.together(() -> {
			for (int i = 0; i < PAUSED_MESSAGES; i++) {
				// Hangs if a pause is never ended: nothing more can come that would end
				// it.
				socket.awaitReading();
				if (!segment.offer(new Message.Text("0 message " + i))) {
					refused.incrementAndGet();
				}
			}
		});
		log.delivered().get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);
		socket.awaitReading();

		assertThat(socket.violations).isEmpty();
		assertThat(socket.pauses).hasPositiveValue();
		assertThat(socket.resumes).hasValue(socket.pauses.get());
		assertThat(segment.isPaused()).isFalse();
		assertThat(refused).hasValue(0);
		assertThat(this.heard).hasSize(PAUSED_MESSAGES);
		Crowd.await(() -> resumesHeard.get() == socket.resumes.get());
	}

	private final class Hearing implements ConnectionListener {

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			SegmentStressTests.this.heard.add(event.attempt() + " " + ((ConnectionEvent.InternalError) event).text());
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			SegmentStressTests.this.beforeMessage.run();
			SegmentStressTests.this.heard.add(((Message.Text) message).text());
		}

	}

	/**
	 * Checks what the port says: one resume for each pause, after it has returned.
	 */
	private static final class PausedSocket implements Transport.Socket {

		private final AtomicReference<String> state = new AtomicReference<>("reading");

		private final Queue<String> violations = new ConcurrentLinkedQueue<>();

		private final AtomicInteger pauses = new AtomicInteger();

		private final AtomicInteger resumes = new AtomicInteger();

		void awaitReading() {
			Crowd.await(() -> this.state.get().equals("reading"));
		}

		@Override
		public void pauseReading() {
			move("reading", "pausing");
			Crowd.linger(this.pauses.incrementAndGet() % 256);
			move("pausing", "paused");
		}

		@Override
		public void resumeReading() {
			this.resumes.incrementAndGet();
			move("paused", "reading");
		}

		private void move(String from, String to) {
			if (!this.state.compareAndSet(from, to)) {
				this.violations.add(this.state.get() + " -> " + to);
			}
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
