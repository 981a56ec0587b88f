package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.RequestFailedException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link Requests} with real threads: a writer begins a request while its socket is given
 * up. Whoever comes second sees to it that the request ends or waits for the next socket.
 * No timer ever fires here, so a request that nobody sees waits in vain.
 */
class RequestStressTests {

	private static final int ROUNDS = 600;

	private final RealWorkers workers = new RealWorkers();

	private final BlockingQueue<Transport.Outbox> outboxes = new LinkedBlockingQueue<>();

	private final ManagedConnection connection = new ManagedConnection(
			ConnectionSettings.builder("test", Parts.URL)
				.request(new Request("/id", null, Duration.ofSeconds(10), 10))
				.build(),
			new Ports(this::connect, new StoppedTime(), this.workers),
			new Hooks((context) -> Optional.empty(), List.of(), List.of(), List.of(), List.of(), new FlatJson()));

	private volatile Transport.@Nullable Attempt attempt;

	private int disconnected;

	private int answered;

	private Transport.Connecting connect(ConnectionSettings settings, Transport.Attempt attempt) {
		this.attempt = attempt;
		return () -> {
		};
	}

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void requestThatMeetsTheEndOfItsSocketEndsOrIsAnsweredOnTheNext() throws Exception {
		this.connection.start();
		open(null);
		for (int i = 0; i < ROUNDS; i++) {
			Transport.Attempt old = this.attempt;
			String text = "{\"/id\":" + i + "}";
			CompletableFuture<Message> reply = this.connection.request(text);
			Transport.Outbox writer = this.outboxes.poll(Crowd.STEP_SECONDS, TimeUnit.SECONDS);
			int turns = i % 64;
			Crowd.together(() -> {
				Crowd.linger(63 - turns);
				write(writer);
			}, () -> {
				Crowd.linger(turns);
				this.connection.reconnect();
			});
			open(old);
			Crowd.await(() -> isAnswered(reply, text));
			count(reply);
		}
		assertThat(this.disconnected).as("written").isPositive();
		assertThat(this.answered).as("returned").isPositive();
		assertThat(this.disconnected + this.answered).isEqualTo(ROUNDS);
		assertThat(this.connection.snapshot().pendingRequests()).isZero();
	}

	/**
	 * Open the attempt that follows another one.
	 */
	private void open(Transport.@Nullable Attempt old) {
		Crowd.await(() -> this.attempt != old);
		Transport.Attempt next = Objects.requireNonNull(this.attempt);
		next.started();
		next.opened(new Socket(), "");
	}

	/**
	 * Answer the request if it is to be written once more.
	 */
	private boolean isAnswered(CompletableFuture<Message> reply, String text) {
		Transport.Outbox writer = this.outboxes.poll();
		if (writer != null) {
			write(writer);
			Objects.requireNonNull(this.attempt).text(text);
		}
		return reply.isDone();
	}

	private static void write(Transport.@Nullable Outbox writer) {
		Transport.Outbox running = Objects.requireNonNull(writer, "nobody writes");
		if (running.next() != null) {
			running.flushed();
		}
		running.done(null);
	}

	private void count(CompletableFuture<Message> reply) throws Exception {
		try {
			reply.get();
			this.answered++;
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOfSatisfying(RequestFailedException.class,
					(failure) -> assertThat(failure.reason()).isEqualTo(Reason.DISCONNECTED));
			this.disconnected++;
		}
	}

	private final class Socket implements Transport.Socket {

		@Override
		public void write(Transport.Outbox outbox) {
			RequestStressTests.this.outboxes.add(outbox);
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
