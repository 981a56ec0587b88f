package io.github.websocketresilience.test.faults.shutdown;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.ServerConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The end, whatever a connection is doing: it comes in time, tells every future and,
 * where it can, the server, and leaves nothing behind.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ShutdownTests {

	/** What a machine of two processors may be late that has other work. */
	private static final Duration ALLOWANCE = Duration.ofSeconds(4);

	/** Several times the longest delay between attempts. */
	private static final Duration QUIET = Duration.ofMillis(600);

	private static final Map<Situation, Map<Ending, Duration>> measured = new ConcurrentHashMap<>();

	static Stream<Arguments> situationsAndEndings() {
		return Arrays.stream(Situation.values())
			.flatMap((situation) -> Arrays.stream(Ending.values()).map((ending) -> Arguments.of(situation, ending)));
	}

	@AfterAll
	static void report() {
		System.out.printf("== when it ends | %s (bound)%n", List.of(Ending.values()));
		Arrays.stream(Situation.values())
			.filter(measured::containsKey)
			.forEach((situation) -> System.out.printf("== %s | %s (%d)%n", situation,
					measured.get(situation).values().stream().map(Duration::toMillis).toList(),
					situation.bound().toMillis()));
	}

	@ParameterizedTest
	@MethodSource("situationsAndEndings")
	void endIsInTimeAndComplete(Situation situation, Ending ending) {
		Scene scene = new Scene(situation);
		try (scene) {
			scene.open();
			List<WebSocketConnection> connections = scene.connections();
			assertThat(time(situation, ending, scene)).isLessThan(situation.bound().plus(ALLOWANCE));
			scene.stopSending();
			if (!staysIdle(situation, ending)) {
				assertThat(scene.awaitOutcomes().keySet()).isSubsetOf(situation.outcomes());
			}
			assertThat(connections).allSatisfy(
					(connection) -> assertThat(connection.state()).isIn(ConnectionState.CLOSED, ConnectionState.IDLE));
			assertServerSawTheEnd(scene, situation);
			assertNoAttemptComes(scene);
			if (ending == Ending.PAUSE) {
				restart(scene, situation);
			}
		}
		await().atMost(Scene.PATIENCE).untilAsserted(() -> assertThat(scene.threadsOfOurs()).isEmpty());
	}

	/**
	 * What waits for the first start goes on waiting for it.
	 */
	private static boolean staysIdle(Situation situation, Ending ending) {
		return situation == Situation.NEVER_STARTED && ending == Ending.PAUSE;
	}

	private static Duration time(Situation situation, Ending ending, Scene scene) {
		long begin = System.nanoTime();
		ending.bring(scene);
		Duration took = Duration.ofNanos(System.nanoTime() - begin);
		Map<Ending, Duration> times = measured.computeIfAbsent(situation, (key) -> new EnumMap<>(Ending.class));
		synchronized (times) {
			times.put(ending, took);
		}
		return took;
	}

	private static void assertServerSawTheEnd(Scene scene, Situation situation) {
		if (!situation.serverSeesClose()) {
			return;
		}
		List<ServerConnection> sockets = scene.server().connections();
		assertThat(sockets).hasSameSizeAs(scene.connections())
			.allSatisfy((socket) -> assertThat(socket.awaitClose(Scene.PATIENCE)).isIn(1000, 1001));
		List<String> received = sockets.stream()
			.flatMap((socket) -> socket.texts().stream())
			.map((text) -> text.substring(0, text.indexOf(':') + 1))
			.toList();
		assertThat(received).isEqualTo(scene.done());
	}

	private static void assertNoAttemptComes(Scene scene) {
		int attempts = scene.server().attempts();
		await().during(QUIET)
			.atMost(QUIET.plus(Scene.PATIENCE))
			.untilAsserted(() -> assertThat(scene.server().attempts()).isEqualTo(attempts));
	}

	private static void restart(Scene scene, Situation situation) {
		scene.release();
		scene.server().reset();
		scene.context().restart();
		if (situation == Situation.NEVER_STARTED) {
			scene.connection().start();
			assertThat(scene.awaitOutcomes().keySet()).containsExactly("done");
		}
		if (situation.canRecover()) {
			scene.awaitState(ConnectionState.OPEN);
			scene.connection().send("again").join();
			await().atMost(Scene.PATIENCE)
				.until(() -> scene.server()
					.connections()
					.stream()
					.anyMatch((socket) -> socket.texts().contains("again")));
		}
		else {
			scene.awaitState(ConnectionState.CONNECTING);
		}
	}

}
