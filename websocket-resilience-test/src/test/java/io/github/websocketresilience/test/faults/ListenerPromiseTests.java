package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionEvent.ListenerFailed;
import io.github.websocketresilience.ConnectionEvent.MessagesDiscarded;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What listeners are told, in which order, by whom, and until when.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerPromiseTests {

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void messagesAndEventsComeOneAtATimeInOrderOffTheContainersThreads() {
		for (int attempt = 1; attempt <= 3; attempt++) {
			int first = attempt * 1000;
			this.server.attempt(attempt)
				.sendSequence(Integer::toString, IntStream.range(first, first + 300).toArray())
				.close(1001, "");
		}
		Recorder recorder = new Recorder(0);
		try (StarterApplication application = start(recorder)) {
			application.assertReconnected(this.server, 4);
			StarterApplication.until("4 opened", () -> recorder.heard.contains("Opened 4"));
		}
		assertThat(recorder.most).hasValue(1);
		assertThat(recorder.threads).allMatch((name) -> name.startsWith("ws-listener-"));
		List<String> expected = new ArrayList<>();
		for (int attempt = 1; attempt <= 3; attempt++) {
			expected.addAll(List.of("Attempted " + attempt, "Opened " + attempt));
			IntStream.range(attempt * 1000, attempt * 1000 + 300).mapToObj(Integer::toString).forEach(expected::add);
			expected.addAll(List.of("Disconnected " + attempt, "RetryScheduled " + attempt));
		}
		expected.addAll(List.of("Attempted 4", "Opened 4"));
		assertThat(recorder.heard).startsWith(expected.toArray(String[]::new));
	}

	@Test
	void listenerThatThrowsLosesItsOwnMessageOnly() {
		this.server.attempt(1).sendSequence(Integer::toString, 1, 2, 3, 4, 5, 6);
		Recorder recorder = new Recorder(0);
		String name = "throws-" + this.server.port();
		try (CapturedLog log = new CapturedLog();
				StarterApplication application = StarterApplication.startWith((context) -> {
					context.registerBean("throwing", ConnectionListener.class, ThrowingListener::new);
					context.registerBean("recorder", ConnectionListener.class, () -> recorder);
				}, "connections." + name + ".url=" + this.server.uri())) {
			StarterApplication.until("all delivered", () -> recorder.heard.contains("6"));
			assertThat(recorder.heard).containsSubsequence("1", "2", "3", "4", "5", "6");
			assertThat(application.awaitAll(ListenerFailed.class, 2)).hasSize(2).allMatch(ListenerFailed::onMessage);
			assertThat(log.linesOf(name)).filteredOn((line) -> line.contains("failed on a message"))
				.isNotEmpty()
				.allMatch((line) -> line.startsWith("WARN"));
			assertThat(application.connection().state()).isEqualTo(ConnectionState.OPEN);
			application.assertReconnected(this.server, 1);
			assertThat(application.connection().snapshot().received().messages()).isEqualTo(6);
		}
	}

	@Test
	void stopDeliversWhatWasReceivedAndComesAfterTheLastListener() {
		this.server.attempt(1).sendSequence(Integer::toString, IntStream.rangeClosed(1, 50).toArray());
		Recorder recorder = new Recorder(10);
		StarterApplication application = start(recorder, "close-timeout=20s");
		StarterApplication.until("all received", () -> application.connection().snapshot().received().messages() == 50);
		assertThat(recorder.heard).doesNotContain("50");
		application.close();
		assertThat(recorder.heard).containsSubsequence("49", "50", "Closed 1");
		assertThat(recorder.inside).hasValue(0);
		assertThat(application.events(MessagesDiscarded.class)).isEmpty();
	}

	@Test
	void stopWaitsForListenersNoLongerThanTheCloseTimeoutAndCountsTheRest() {
		this.server.attempt(1).sendSequence(Integer::toString, IntStream.rangeClosed(1, 50).toArray());
		CountDownLatch release = new CountDownLatch(1);
		ConnectionListener blocked = new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				awaitQuietly(release);
			}

		};
		StarterApplication application = start(blocked, "close-timeout=500ms");
		WebSocketConnection connection = application.connection();
		try {
			StarterApplication.until("all received", () -> connection.snapshot().received().messages() == 50);
			long begin = System.nanoTime();
			application.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(450),
					Duration.ofSeconds(10));
			assertThat(connection.snapshot().discarded().messages()).isEqualTo(49);
			assertThat(application.events(MessagesDiscarded.class))
				.allMatch((event) -> event.reason() == DiscardReason.CLOSE_DEADLINE);
		}
		finally {
			release.countDown();
		}
	}

	@Test
	void dropOldestLosesTheOldestAndCountsThem() {
		CountDownLatch release = new CountDownLatch(1);
		Queue<String> delivered = new ConcurrentLinkedQueue<>();
		ConnectionListener blocked = new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				delivered.add(((Message.Text) message).text());
				awaitQuietly(release);
			}

		};
		try (StarterApplication application = start(blocked, "inbound.capacity=5", "inbound.overflow=drop-oldest")) {
			application.assertReconnected(this.server, 1);
			this.server.connection(1).sendText("0");
			StarterApplication.until("blocked", () -> delivered.contains("0"));
			this.server.connection(1).sendSequence(Integer::toString, IntStream.rangeClosed(1, 20).toArray());
			StarterApplication.until("all received",
					() -> application.connection().snapshot().received().messages() == 21);
			assertThat(application.connection().snapshot().readingPaused()).isFalse();
			assertThat(application.connection().snapshot().discarded().messages()).isEqualTo(15);
			release.countDown();
			StarterApplication.until("delivered", () -> delivered.contains("20"));
			assertThat(delivered).containsExactly("0", "16", "17", "18", "19", "20");
			assertThat(application.await(MessagesDiscarded.class, 1).reason())
				.isEqualTo(DiscardReason.LISTENERS_BEHIND);
		}
		finally {
			release.countDown();
		}
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private StarterApplication start(ConnectionListener listener, String... properties) {
		return StarterApplication.start(listener, ExactDelays.properties(this.server.uri(), properties));
	}

	private static final class ThrowingListener implements ConnectionListener {

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			if (((Message.Text) message).text().matches("[25]")) {
				throw new IllegalStateException("expected by the test");
			}
		}

	}

	/**
	 * Writes down what it hears and who tells it.
	 */
	private static final class Recorder implements ConnectionListener {

		private final Queue<String> heard = new ConcurrentLinkedQueue<>();

		private final Set<String> threads = ConcurrentHashMap.newKeySet();

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger most = new AtomicInteger();

		private final long workMillis;

		/**
		 * Create a recorder.
		 * @param workMillis how long each call takes
		 */
		Recorder(long workMillis) {
			this.workMillis = workMillis;
		}

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			hear(event.getClass().getSimpleName() + " " + event.attempt());
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			hear(((Message.Text) message).text());
		}

		private void hear(String what) {
			this.most.accumulateAndGet(this.inside.incrementAndGet(), Math::max);
			this.threads.add(Thread.currentThread().getName());
			LockSupport.parkNanos(Duration.ofMillis(this.workMillis).toNanos());
			this.heard.add(what);
			this.inside.decrementAndGet();
		}

	}

}
