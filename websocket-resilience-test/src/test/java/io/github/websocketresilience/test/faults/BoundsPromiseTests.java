package io.github.websocketresilience.test.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Memory is bounded by configuration, threads do not grow with connections. Alone in the
 * JVM, for it counts threads.
 */
@Tag("faults")
@Isolated
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BoundsPromiseTests {

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@CsvSource({ "100, 64MB, 100, 67108864", "100000, 1MB, 100000, 1048576" })
	void queueIsBoundedByNumberAndByBytesWhileTheServerDoesNotRead(String capacity, String maxBytes, long messages,
			long bytes) {
		this.server.attempt(1).stopReading();
		List<CompletableFuture<Void>> futures = new ArrayList<>();
		try (StarterApplication application = start("outbound.capacity=" + capacity, "outbound.max-bytes=" + maxBytes,
				"outbound.send-timeout=1m", "close-timeout=500ms")) {
			application.assertReconnected(this.server, 1);
			WebSocketConnection connection = application.connection();
			byte[] payload = new byte[20_000];
			for (int i = 0; i < 1000; i++) {
				futures.add(connection.send(payload));
				ConnectionSnapshot.Amount queue = connection.snapshot().queue();
				assertThat(queue.messages()).isLessThanOrEqualTo(messages);
				assertThat(queue.bytes()).isLessThanOrEqualTo(bytes);
			}
			assertThat(connection.snapshot().queue().bytes()).isPositive();
		}
		StarterApplication.until("all done", () -> futures.stream().allMatch(CompletableFuture::isDone));
		assertThat(futures.stream()
			.filter(CompletableFuture::isCompletedExceptionally)
			.map((future) -> future.handle((sent, failure) -> ((SendFailedException) failure).reason()).join())
			.filter(Reason.QUEUE_FULL::equals)).hasSizeGreaterThan(100);
	}

	@ParameterizedTest
	@CsvSource({ "16, 64MB, 16, 67108864", "100000, 256KB, 100000, 262144" })
	void whatWaitsForListenersIsBoundedAndTheServerIsHeldBack(String capacity, String maxBytes, long messages,
			long bytes) {
		int all = 2000;
		String text = "x".repeat(10_000);
		this.server.attempt(1).sendAtRate(all, 1_000_000, (number) -> text);
		CountDownLatch release = new CountDownLatch(1);
		AtomicInteger delivered = new AtomicInteger();
		ConnectionListener blocked = new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				awaitQuietly(release);
				delivered.incrementAndGet();
			}

		};
		try (StarterApplication application = StarterApplication.start(blocked,
				ExactDelays.properties(this.server.uri(), "inbound.capacity=" + capacity,
						"inbound.max-bytes=" + maxBytes, "max-message-size=64KB"))) {
			WebSocketConnection connection = application.connection();
			StarterApplication.until("paused", () -> connection.snapshot().readingPaused());
			Awaitility.await().during(StarterApplication.PATIENCE.dividedBy(40)).until(() -> {
				ConnectionSnapshot.Amount log = connection.snapshot().log();
				// The message that crosses the bound has been read already.
				return log.messages() <= messages && log.bytes() < bytes + text.length();
			});
			assertThat(connection.snapshot().received().messages()).isLessThan(all / 2);
			release.countDown();
			StarterApplication.until("all delivered", () -> delivered.get() == all);
			assertThat(connection.snapshot().discarded().messages()).isZero();
			application.assertReconnected(this.server, 1);
		}
		finally {
			release.countDown();
		}
	}

	@Test
	void threadsDoNotGrowWithConnections() {
		try (StarterApplication application = StarterApplication.start("threads.io=4", "threads.listeners=3",
				"heartbeat.interval=200ms", "close-timeout=1s")) {
			WebSocketConnections connections = application.bean(WebSocketConnections.class);
			int few = threadsOf(open(connections, 0, 5));
			int many = threadsOf(open(connections, 5, 50));
			// I/O, abort, listener and completion threads, the timer, what keeps the JVM
			// alive; the container's are a few for each processor.
			int limit = 4 + 1 + 3 + 3 + 1 + 1;
			assertThat(few).isBetween(1, limit);
			assertThat(many).isBetween(1, limit);
			assertThat(names("WebSocketClient")).hasSizeLessThan(50);
		}
	}

	/**
	 * Open connections and keep all of them busy.
	 */
	private List<WebSocketConnection> open(WebSocketConnections connections, int from, int to) {
		List<WebSocketConnection> opened = IntStream.range(from, to)
			.mapToObj((number) -> connections.open("number-" + number, (settings) -> settings.url(this.server.uri())))
			.toList();
		StarterApplication.until("all open",
				() -> opened.stream().allMatch((connection) -> connection.state() == ConnectionState.OPEN));
		return opened;
	}

	private int threadsOf(List<WebSocketConnection> connections) {
		int most = 0;
		for (int round = 0; round < 20; round++) {
			CompletableFuture<?>[] sent = connections.stream()
				.map((connection) -> connection.send("text"))
				.toArray(CompletableFuture[]::new);
			this.server.connections().forEach((connection) -> connection.sendText("text"));
			most = Math.max(most, names("ws-").size());
			CompletableFuture.allOf(sent).orTimeout(20, TimeUnit.SECONDS).join();
		}
		return most;
	}

	private static List<String> names(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith(prefix))
			.toList();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private StarterApplication start(String... properties) {
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), properties));
	}

}
