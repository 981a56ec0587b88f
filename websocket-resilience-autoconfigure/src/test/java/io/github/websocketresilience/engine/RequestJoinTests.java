package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Listeners that wait for replies: as many at once as there are listener threads, with
 * one thread for all completions. The peer echoes.
 */
class RequestJoinTests {

	private static final int LISTENERS = 64;

	private static final int REQUESTS = 20;

	private final Bounded workers = new Bounded();

	private final CyclicBarrier allListen = new CyclicBarrier(LISTENERS);

	private final CountDownLatch done = new CountDownLatch(LISTENERS);

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void everyListenerThreadMayWaitForAReplyAtOnce() throws Exception {
		List<ManagedConnection> connections = IntStream.range(0, LISTENERS).mapToObj(this::connection).toList();
		connections.forEach(ManagedConnection::start);
		assertThat(this.done.await(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
		assertThat(this.failures).isEmpty();
		assertThat(connections)
			.allSatisfy((connection) -> assertThat(connection.snapshot().pendingRequests()).isZero());
	}

	private ManagedConnection connection(int number) {
		ConnectionSettings settings = ConnectionSettings.builder("test-" + number, Parts.URL)
			.request(new Request("/id", null, Duration.ofSeconds(10), 1))
			.build();
		Hooks hooks = Parts.hooks(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				ask(connection);
			}

		});
		return new ManagedConnection(settings, new Ports(this::connect, new StoppedTime(), this.workers),
				new Hooks(hooks.policy(), List.of(), hooks.listeners(), List.of(), List.of(), new FlatJson()));
	}

	private void ask(WebSocketConnection connection) {
		try {
			this.allListen.await(Crowd.STEP_SECONDS, TimeUnit.SECONDS);
			for (int i = 0; i < REQUESTS; i++) {
				connection.request("{}").get(Crowd.STEP_SECONDS, TimeUnit.SECONDS);
			}
		}
		catch (Exception ex) {
			this.failures.add(ex);
		}
		this.done.countDown();
	}

	private Transport.Connecting connect(ConnectionSettings settings, Transport.Attempt attempt) {
		this.workers.io(() -> {
			attempt.started();
			attempt.prepare();
			attempt.opened(new Echo(attempt), "");
			attempt.text("go");
		});
		return () -> {
		};
	}

	private final class Echo implements Transport.Socket {

		private final Transport.Attempt attempt;

		private Echo(Transport.Attempt attempt) {
			this.attempt = attempt;
		}

		@Override
		public void write(Transport.Outbox outbox) {
			RequestJoinTests.this.workers.io(() -> {
				List<String> texts = new ArrayList<>();
				for (Transport.Frame frame = outbox.next(); frame != null; frame = outbox.next()) {
					texts.add(((Transport.Frame.Text) frame).text());
				}
				outbox.flushed();
				outbox.done(null);
				texts.forEach(this.attempt::text);
			});
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

	/**
	 * No more threads than it takes.
	 */
	private static final class Bounded implements Workers, AutoCloseable {

		private final ExecutorService io = Executors.newFixedThreadPool(2);

		private final ExecutorService listeners = Executors.newFixedThreadPool(LISTENERS);

		private final ExecutorService completions = Executors.newSingleThreadExecutor();

		@Override
		public void io(Runnable task) {
			this.io.execute(task);
		}

		@Override
		public void listeners(String connection, Runnable task) {
			this.listeners.execute(task);
		}

		@Override
		public void completions(Runnable task) {
			this.completions.execute(task);
		}

		@Override
		public void retain() {
		}

		@Override
		public void release() {
		}

		@Override
		public void close() {
			Crowd.close(this.io);
			Crowd.close(this.listeners);
			Crowd.close(this.completions);
		}

	}

}
