package io.github.websocketresilience.test.faults.protocol;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.interoperability.LoadClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Random bytes, mutated frames and mutated answers to the upgrade, one socket a seed.
 * {@code -Dfuzz.seed=4711} runs one seed, {@code -Dfuzz.seeds=10000} more of them.
 */
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
class FuzzTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String CONNECTION = "fuzz";

	private static final String OURS = "io.github.websocketresilience";

	/** The attempt of the first seed; the one before lets the application start. */
	private static final int FIRST = 2;

	private static final long SEEDS = Long.getLong("fuzz.seeds", 300);

	/** They showed a bug once: a broken close frame that left a socket deaf. */
	private static final long[] KEPT = { 188 };

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

	private final ListAppender<ILoggingEvent> errors = new ListAppender<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger(OURS);

	private final UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

	@BeforeEach
	void listen() {
		this.errors.start();
		this.logger.addAppender(this.errors);
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> this.uncaught.add(ex));
	}

	@AfterEach
	void close() {
		Thread.setDefaultUncaughtExceptionHandler(this.before);
		this.logger.detachAppender(this.errors);
		this.server.close();
	}

	@Test
	void whateverTheServerSendsTheClientComesBackAndDeliversNothingElse() {
		long[] seeds = seeds();
		for (int i = 0; i < seeds.length; i++) {
			FuzzInput.of(seeds[i]).perform(this.server.attempt(i + FIRST));
		}
		Sockets sockets = new Sockets();
		long begin = System.nanoTime();
		try (ScriptedWebSocketServer other = new ScriptedWebSocketServer().start();
				LoadClient client = LoadClient.open(other.uri().toString(), sockets,
						"connections." + CONNECTION + ".url=" + this.server.uri(), "reconnect.delay=5ms",
						"reconnect.max-delay=5ms", "reconnect.jitter=0", "connect-timeout=5s")) {
			WebSocketConnection connection = client.connections().get(CONNECTION);
			connection.reconnect();
			for (int i = 0; i < seeds.length; i++) {
				awaitNext(sockets, i + FIRST, seeds[i]);
			}
			assertWorks(connection, seeds.length + FIRST);
		}
		System.out.printf("== fuzz | %d seeds | %d messages | %d ms | uncaught in the container: %s%n", seeds.length,
				sockets.count(), Duration.ofNanos(System.nanoTime() - begin).toMillis(), this.uncaught);
		for (int i = 0; i < seeds.length; i++) {
			assertDelivered(seeds[i], sockets.messages(i + FIRST));
		}
		assertThat(this.uncaught).noneMatch(FuzzTests::isOurs);
		assertThat(errors()).isEmpty();
	}

	private static void awaitNext(Sockets sockets, int attempt, long seed) {
		await("the socket after seed " + seed).dontCatchUncaughtExceptions()
			.pollInterval(Duration.ofMillis(2))
			.atMost(PATIENCE)
			.until(() -> sockets.attempts > attempt);
	}

	private void assertWorks(WebSocketConnection connection, int attempt) {
		connection.send("afterwards");
		this.server.awaitAttempt(attempt, PATIENCE).awaitText("afterwards", PATIENCE);
		await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> connection.state() == ConnectionState.OPEN);
		assertThat(this.server.attempts()).isEqualTo(attempt);
	}

	private static void assertDelivered(long seed, List<Message> delivered) {
		FuzzInput input = FuzzInput.of(seed);
		List<Message> sent = ReferenceParser.messages(input.frames());
		if (input.accepts()) {
			assertThat(delivered).as("delivered with -Dfuzz.seed=" + seed).isEqualTo(sent);
		}
		else {
			assertThat(delivered).as("delivered with -Dfuzz.seed=" + seed).isIn(List.of(), sent);
		}
	}

	private static boolean isOurs(Throwable uncaught) {
		return Stream.of(uncaught.getStackTrace())
			.map(StackTraceElement::getClassName)
			.anyMatch((name) -> name.startsWith(OURS) && !name.startsWith(OURS + ".test"));
	}

	/**
	 * Return what was logged as an error, but for the line that is promised when a server
	 * closes with 1009.
	 */
	private List<String> errors() {
		return List.copyOf(this.errors.list)
			.stream()
			.filter((event) -> event.getLevel() == Level.ERROR)
			.map(ILoggingEvent::getFormattedMessage)
			.filter((text) -> text.startsWith(CONNECTION + ":") && !text.contains("max-message-size"))
			.toList();
	}

	private static long[] seeds() {
		Long one = Long.getLong("fuzz.seed");
		return (one != null) ? new long[] { one }
				: LongStream.concat(LongStream.of(KEPT), LongStream.rangeClosed(1, SEEDS)).toArray();
	}

	/**
	 * What a listener is told, by attempt.
	 */
	private static final class Sockets implements ConnectionListener {

		private final Map<Integer, List<Message>> messages = new ConcurrentHashMap<>();

		private volatile int attempts;

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			if (connection.name().equals(CONNECTION) && event instanceof ConnectionEvent.Attempted) {
				this.attempts++;
			}
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			this.messages.computeIfAbsent(this.attempts, (attempt) -> new CopyOnWriteArrayList<>()).add(message);
		}

		private List<Message> messages(int attempt) {
			return this.messages.getOrDefault(attempt, List.of());
		}

		private int count() {
			return this.messages.values().stream().mapToInt(List::size).sum();
		}

	}

}
