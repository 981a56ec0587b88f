package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many messages in either direction, counted on the other side as well.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LoadTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final int SENDERS = 100;

	private static final ConnectionListener NONE = new ConnectionListener() {
	};

	@BeforeAll
	static void install() {
		NodeInstallation.directory();
	}

	@Test
	void hundredThreadsSendAThousandMessagesEachAndKeepTheirOrder() throws Exception {
		try (NodeServer server = serve();
				LoadClient client = LoadClient.open(server.url(), NONE, "outbound.capacity=100000",
						"outbound.max-bytes=64MB")) {
			Instant begin = Instant.now();
			allSenders((sender) -> {
				List<CompletableFuture<Void>> futures = new ArrayList<>();
				for (int i = 0; i < 1000; i++) {
					futures.add(client.connection().send(sender + ":" + i));
				}
				futures.forEach(CompletableFuture::join);
			});
			report("%d threads sent 1,000 messages each in %dms", SENDERS, since(begin));
			assertTally(server, 1000);
			assertThat(client.connection().snapshot().sent().messages()).isEqualTo(SENDERS * 1000);
			assertThat(client.events(ConnectionEvent.MessagesDiscarded.class)).isEmpty();
		}
	}

	@Test
	void sendersThatTryAgainWhenTheQueueIsFullLoseNothingAndKeepTheirOrder() throws Exception {
		Room room = new Room();
		try (NodeServer server = serve();
				LoadClient client = LoadClient.open(server.url(), NONE, "outbound.capacity=50")) {
			Instant begin = Instant.now();
			allSenders((sender) -> {
				for (int i = 0; i < 100; i++) {
					String text = sender + ":" + i;
					room.await(() -> client.connection().send(text));
				}
			});
			report("%d threads sent 100 messages each through a queue of 50 in %dms, %d were rejected first", SENDERS,
					since(begin), room.rejected.get());
			assertThat(room.rejected).hasPositiveValue();
			assertTally(server, 100);
		}
	}

	@Test
	void hundredThousandMessagesArriveInOrderThoughReadingPauses() {
		NumberedMessages messages = new NumberedMessages();
		SlowListener listener = new SlowListener(messages);
		try (NodeServer server = serve(); LoadClient client = LoadClient.open(server.url(), listener)) {
			Instant begin = Instant.now();
			server.command("feed 100000");
			await().atMost(PATIENCE).until(() -> messages.total() >= 100_000);
			report("100,000 messages, %d KiB, in %dms, reading paused at least %d times, %d pings",
					client.connection().snapshot().received().bytes() / 1024, since(begin), listener.pauses,
					server.lines("ping").size());
			assertThat(server.awaitLines("fed", 1).get(0).get("count").asInt()).isEqualTo(100_000);
			assertThat(messages.faults()).isEmpty();
			assertThat(messages.counts()).containsExactly(Map.entry(1, 100_000L));
			assertThat(listener.pauses).isGreaterThan(10);
			assertThat(client.connection().snapshot().discarded().messages()).isZero();
		}
	}

	@Test
	void listenerThatAlwaysThrowsLosesItsMessagesOnly() {
		try (NodeServer server = serve();
				LoadClient client = LoadClient.open(server.url(), new ThrowingListener(), "heartbeat.interval=100ms")) {
			server.command("feed 500");
			await().atMost(PATIENCE).until(() -> failures(client) >= 500);
			long answered = client.events(ConnectionEvent.HeartbeatAnswered.class).count();
			await().atMost(PATIENCE)
				.until(() -> client.events(ConnectionEvent.HeartbeatAnswered.class).count() >= answered + 5);
			assertThat(failures(client)).isEqualTo(500);
			assertThat(client.connection().state()).isEqualTo(ConnectionState.OPEN);
			assertThat(client.connection().snapshot().attempt()).isEqualTo(1);
			assertThat(client.connection().snapshot().received().messages()).isEqualTo(500);
			assertThat(server.lines("open")).hasSize(1);
			assertThat(server.lines("close")).isEmpty();
			client.connection().send("0:0").join();
			await().atMost(PATIENCE).until(() -> server.ask("tally").get("senders").has("0"));
		}
	}

	private static NodeServer serve() {
		return NodeServer.start("load.js", 0);
	}

	/** An observer that is behind is told the oldest together. */
	private static long failures(LoadClient client) {
		long skipped = client.events(ConnectionEvent.EventsSkipped.class)
			.mapToLong((event) -> event.counts().getOrDefault("ListenerFailed", 0L))
			.sum();
		return skipped + client.events(ConnectionEvent.ListenerFailed.class)
			.filter(ConnectionEvent.ListenerFailed::onMessage)
			.count();
	}

	private static void assertTally(NodeServer server, int each) {
		await().atMost(PATIENCE).until(() -> received(server.ask("tally")) == (long) SENDERS * each);
		JsonNode tally = server.ask("tally");
		assertThat(tally.get("disordered").asInt()).isZero();
		assertThat(tally.get("senders")).hasSize(SENDERS)
			.allSatisfy((count) -> assertThat(count.asInt()).isEqualTo(each));
	}

	private static long received(JsonNode tally) {
		return tally.get("senders").valueStream().mapToLong(JsonNode::asLong).sum();
	}

	private static void allSenders(Sender sender) throws InterruptedException, ExecutionException, TimeoutException {
		ExecutorService threads = Executors.newFixedThreadPool(SENDERS);
		try {
			List<Future<?>> running = new ArrayList<>();
			IntStream.range(0, SENDERS).forEach((i) -> running.add(threads.submit(() -> sender.send(i))));
			for (Future<?> future : running) {
				future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static long since(Instant begin) {
		return Duration.between(begin, Instant.now()).toMillis();
	}

	private static void report(String format, Object... values) {
		System.out.println("== " + format.formatted(values));
	}

	@FunctionalInterface
	private interface Sender {

		void send(int sender);

	}

	/**
	 * Makes those whose message was rejected wait until one of the others' is written.
	 */
	private static final class Room {

		private final AtomicLong rejected = new AtomicLong();

		private final AtomicReference<CompletableFuture<Void>> nextWritten = new AtomicReference<>(
				new CompletableFuture<>());

		void await(Supplier<CompletableFuture<Void>> send) {
			// Those that fill the queue when ours is rejected are written after this.
			CompletableFuture<Void> written = this.nextWritten.get();
			while (!accepted(send.get())) {
				this.rejected.incrementAndGet();
				written.join();
				written = this.nextWritten.get();
			}
			this.nextWritten.getAndSet(new CompletableFuture<>()).complete(null);
		}

		private static boolean accepted(CompletableFuture<Void> sent) {
			try {
				sent.join();
				return true;
			}
			catch (CompletionException ex) {
				assertThat(ex.getCause()).isInstanceOfSatisfying(SendFailedException.class,
						(failure) -> assertThat(failure.reason()).isEqualTo(SendFailedException.Reason.QUEUE_FULL));
				return false;
			}
		}

	}

	/** Somewhat slower than the server. */
	private static final class SlowListener implements ConnectionListener {

		private static final long WORK_NANOS = 200_000;

		private final NumberedMessages messages;

		private volatile int pauses;

		private boolean paused;

		SlowListener(NumberedMessages messages) {
			this.messages = messages;
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			this.messages.add(message);
			if (this.messages.total() % 16 == 0) {
				LockSupport.parkNanos(WORK_NANOS);
				boolean before = this.paused;
				this.paused = connection.snapshot().readingPaused();
				if (this.paused && !before) {
					this.pauses++;
				}
			}
		}

	}

	private static final class ThrowingListener implements ConnectionListener {

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			throw new IllegalStateException("expected by the test");
		}

	}

}
