package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Writer} with real threads: the transport reports it done in its place while its
 * own thread takes and flushes. Each round is one writer of the same open socket.
 */
class WriterStressTests {

	private static final int WRITERS = 1_500;

	private static final int MOST_SENT = 8;

	private final RealWorkers workers = new RealWorkers();

	private final BlockingQueue<Transport.Outbox> outboxes = new LinkedBlockingQueue<>();

	private final List<CompletableFuture<Void>> sent = new ArrayList<>();

	private final List<Integer> taken = new ArrayList<>();

	private final AtomicInteger surelyFlushed = new AtomicInteger();

	/**
	 * Of the writer of this round.
	 */
	private final AtomicInteger takenNow = new AtomicInteger();

	private final AtomicBoolean flushedNow = new AtomicBoolean();

	private final AtomicBoolean givenUp = new AtomicBoolean();

	private final SplittableRandom random = new SplittableRandom(1);

	private final ManagedConnection connection = new ManagedConnection(
			ConnectionSettings.builder("test", Parts.URL).build(),
			new Ports(this::connect, new StoppedTime(), this.workers), Parts.hooks());

	private Transport.@Nullable Attempt attempt;

	private Transport.Connecting connect(ConnectionSettings settings, Transport.Attempt attempt) {
		this.attempt = attempt;
		return () -> {
		};
	}

	@BeforeEach
	void open() {
		this.connection.start();
		this.attempt.started();
		this.attempt.opened(new Socket(), "");
	}

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void everyMessageIsWrittenOrLostOnceAlthoughTheWriterIsGivenUp() throws Exception {
		int flushed = 0;
		for (int round = 0; round < WRITERS; round++) {
			int waiting = (int) this.connection.snapshot().queue().messages();
			send(Math.max((waiting > 0) ? 0 : 1, this.random.nextInt(MOST_SENT) - waiting));
			Transport.Outbox outbox = this.outboxes.poll(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);
			int most = this.random.nextInt(2 * MOST_SENT);
			int patience = this.random.nextInt(64);
			Meeting meeting = Meeting.values()[round % Meeting.values().length];
			AtomicInteger sure = new AtomicInteger();
			this.takenNow.set(0);
			this.flushedNow.set(false);
			this.givenUp.set(false);

			Crowd.together(() -> write(outbox, most, meeting), () -> {
				Crowd.await(() -> (meeting == Meeting.AFTER_A_FLUSH) ? this.flushedNow.get() : this.takenNow.get() > 0);
				Crowd.linger(patience);
				sure.set(this.surelyFlushed.get());
				outbox.done(null);
				this.givenUp.set(true);
			});

			assertThat(outbox.next()).isNull();
			assertThat(this.outboxes).hasSizeLessThanOrEqualTo(1);
			for (; flushed < sure.get(); flushed++) {
				assertThat(failure(this.sent.get(this.taken.get(flushed)))).isNull();
			}
			flushed = this.taken.size();
			this.surelyFlushed.set(flushed);
		}

		drain();
		assertThat(this.taken).isEqualTo(numbers(this.sent.size()));
		long lost = this.connection.discarded(DiscardReason.LOST_IN_FLIGHT);
		assertThat(lost).isBetween(1L, this.sent.size() - 1L);
		assertThat(this.connection.snapshot().discarded().messages()).isEqualTo(lost);
		assertThat(this.connection.snapshot().sent().messages()).isEqualTo(this.sent.size() - lost);
		assertThat(this.connection.snapshot().queue()).isEqualTo(new Amount(0, 0));
		assertThat(this.connection.writing()).isEqualTo(new Amount(0, 0));
		assertThat(this.connection.snapshot().lastDisconnect()).isNull();
		int failed = 0;
		for (CompletableFuture<Void> future : this.sent) {
			failed += (failure(future) != null) ? 1 : 0;
		}
		assertThat(failed).isEqualTo((int) lost);
	}

	private void send(int messages) {
		for (int i = 0; i < messages; i++) {
			this.sent.add(this.connection.send(new Message.Text(Integer.toString(this.sent.size()))));
		}
	}

	private void write(Transport.Outbox outbox, int most, Meeting meeting) {
		Transport.Frame frame = outbox.next();
		for (int i = 0; frame != null; i++) {
			this.taken.add(Integer.valueOf(((Transport.Frame.Text) frame).text()));
			this.takenNow.incrementAndGet();
			if (meeting == Meeting.BEFORE_THE_FLUSH) {
				Crowd.await(this.givenUp::get);
			}
			if (i % 3 == 2) {
				flush(outbox);
			}
			frame = (i < most) ? outbox.next() : null;
		}
		flush(outbox);
		outbox.done(null);
	}

	private void flush(Transport.Outbox outbox) {
		outbox.flushed();
		this.surelyFlushed.set(this.taken.size());
		this.flushedNow.set(true);
	}

	/**
	 * Let writers that nobody gives up write the rest.
	 */
	private void drain() {
		for (Transport.Outbox last = this.outboxes.poll(); last != null; last = this.outboxes.poll()) {
			write(last, Integer.MAX_VALUE, Meeting.ANY_TIME);
		}
	}

	private static List<Integer> numbers(int end) {
		List<Integer> result = new ArrayList<>();
		for (int i = 0; i < end; i++) {
			result.add(i);
		}
		return result;
	}

	private static @Nullable Throwable failure(CompletableFuture<Void> future) throws Exception {
		try {
			future.get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);
			return null;
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOfSatisfying(SendFailedException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.LOST_IN_FLIGHT));
			return ex.getCause();
		}
	}

	/**
	 * When a writer that has taken something is given up. Two of them make sure that
	 * there are lost and written messages however the threads run.
	 */
	private enum Meeting {

		ANY_TIME, BEFORE_THE_FLUSH, AFTER_A_FLUSH

	}

	private final class Socket implements Transport.Socket {

		@Override
		public void write(Transport.Outbox outbox) {
			WriterStressTests.this.outboxes.add(outbox);
		}

		@Override
		public void close(int code, String reason) {
		}

		@Override
		public void abort(int code) {
		}

		@Override
		public void pauseReading() {
		}

		@Override
		public void resumeReading() {
		}

	}

}
