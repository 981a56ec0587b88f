package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import io.github.websocketresilience.ConnectionEvent.Attempted;
import io.github.websocketresilience.ConnectionEvent.Closed;
import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.ConnectionEvent.Opened;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionEvent.StateChange;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.Opcode;
import io.github.websocketresilience.test.ReceivedFrame;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At most one live socket, at most one reconnect for a failure however it shows, and none
 * after a close: as the server sees it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OneSocketPromiseTests {

	private static final int ROUNDS = 12;

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

	private final AtomicInteger numbers = new AtomicInteger();

	@AfterEach
	void close() {
		this.sender.shutdownNow();
		this.server.close();
	}

	/**
	 * The server's close frame, its RST and the heartbeat's verdict come together, and a
	 * write fails as well; the moment moves from round to round.
	 */
	@Test
	void hailOfFailureSignalsLeadsToOneReconnectEach() {
		for (int attempt = 1; attempt <= ROUNDS; attempt++) {
			this.server.attempt(attempt)
				.halfOpen()
				.thenAfter(Duration.ofMillis(192 + attempt))
				.close(1011, "")
				.dropWithReset();
		}
		try (StarterApplication application = startWithHeartbeats()) {
			sendAllTheTime(application.connection());
			application.await(Opened.class, ROUNDS + 1);
			this.sender.shutdownNow();
			application.connection().close().join();
			application.await(Closed.class, 1);
			int count = application.events(Attempted.class).size();
			List<Long> attempts = LongStream.rangeClosed(1, count).boxed().toList();
			assertThat(application.events(Attempted.class)).extracting(Attempted::attempt).isEqualTo(attempts);
			assertThat(application.events(Disconnected.class)).extracting(Disconnected::attempt).isEqualTo(attempts);
			assertThat(application.events(RetryScheduled.class)).extracting(RetryScheduled::attempt)
				.containsAll(attempts.subList(0, count - 1))
				.doesNotHaveDuplicates();
			assertThat(this.server.attempts()).isBetween(ROUNDS + 1, count);
			assertOneSocketAtATime();
		}
	}

	/**
	 * The server would keep its sockets: only the client can see to it that one which it
	 * gave up ends and carries nothing more.
	 */
	@Test
	void socketThatWasGivenUpCarriesNothingMore() {
		for (int attempt = 1; attempt <= 4; attempt++) {
			this.server.attempt(attempt).ignorePings();
		}
		try (StarterApplication application = startWithHeartbeats()) {
			sendAllTheTime(application.connection());
			this.server.awaitAttempt(5, StarterApplication.PATIENCE)
				.awaitFrame((frame) -> frame.opcode() == Opcode.TEXT, StarterApplication.PATIENCE);
			assertThat(application.events(Disconnected.class)).hasSizeGreaterThanOrEqualTo(4)
				.allMatch((end) -> end.disconnect().kind() == Kind.HEARTBEAT_TIMEOUT);
			assertOneSocketAtATime();
			this.server.connections().subList(0, 4).forEach((given) -> given.awaitEnd(StarterApplication.PATIENCE));
		}
	}

	@Test
	void handshakeThatIsAnsweredTooLateMakesNoSocket() {
		this.server.attempt(1).acceptAfter(Duration.ofMillis(2200)).sendText("too late");
		try (StarterApplication application = start("connect-timeout=2s", "on-open.send=hello")) {
			application.assertReconnected(this.server, 2);
			this.server.connection(1).awaitEnd(StarterApplication.PATIENCE);
			this.server.connection(2).awaitText("hello", StarterApplication.PATIENCE);
			assertThat(this.server.connection(1).frames()).isEmpty();
			assertThat(application.events(Opened.class)).hasSize(1);
			assertThat(application.connection().snapshot().received().messages()).isZero();
		}
	}

	@Test
	void closeAmidFailuresIsNotFollowedByAReconnect() {
		try (StarterApplication application = start("reconnect.delay=1ms", "reconnect.multiplier=1")) {
			WebSocketConnection connection = application.connection();
			for (int round = 1; round <= ROUNDS; round++) {
				application.awaitState(ConnectionState.OPEN);
				ServerConnection socket = this.server.connection(this.server.attempts());
				if (round % 2 == 0) {
					socket.dropWithReset();
					connection.close();
				}
				else {
					connection.close();
					socket.close(1011, "").dropWithReset();
				}
				application.awaitState(ConnectionState.CLOSED);
				int attempts = this.server.attempts();
				Awaitility.await()
					.during(Duration.ofMillis(100))
					.atMost(StarterApplication.PATIENCE)
					.until(() -> this.server.attempts() == attempts && connection.state() == ConnectionState.CLOSED);
				connection.start();
			}
			assertThat(application.events(StateChange.class))
				.filteredOn(
						(change) -> change.from() == ConnectionState.CLOSED || change.from() == ConnectionState.CLOSING)
				.allMatch((change) -> change instanceof Attempted || change.to() == ConnectionState.CLOSED);
		}
	}

	private void sendAllTheTime(WebSocketConnection connection) {
		this.sender.scheduleWithFixedDelay(() -> connection.send(Integer.toString(this.numbers.incrementAndGet())), 0,
				2, TimeUnit.MILLISECONDS);
	}

	/**
	 * The client numbers what it sends: the numbers of a socket must be behind all of the
	 * sockets before, and so must be the time at which the server read them.
	 */
	private void assertOneSocketAtATime() {
		List<Integer> received = new ArrayList<>();
		List<Instant> times = new ArrayList<>();
		this.server.connections()
			.forEach((socket) -> socket.frames()
				.stream()
				.filter((frame) -> frame.opcode() == Opcode.TEXT)
				.forEach((ReceivedFrame frame) -> {
					received.add(Integer.valueOf(frame.text()));
					times.add(frame.at());
				}));
		assertThat(received).isNotEmpty().isSorted().doesNotHaveDuplicates();
		assertThat(times).isSorted();
	}

	private StarterApplication startWithHeartbeats() {
		return start("heartbeat.interval=100ms", "heartbeat.timeout=100ms", "reconnect.multiplier=1",
				"close-timeout=5s");
	}

	private StarterApplication start(String... properties) {
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), properties));
	}

}
