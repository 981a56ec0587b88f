package io.github.websocketresilience.test.faults.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The end of a whole process by SIGTERM. It is also a test that nothing of ours keeps the
 * JVM alive then.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TerminationTests {

	/** {@code close-timeout} and 1 s. */
	private static final Duration BOUND = Duration.ofSeconds(2);

	/** What a machine of two processors may be late that has other work. */
	private static final Duration ALLOWANCE = Duration.ofSeconds(4);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration STARTUP = Duration.ofMinutes(2);

	/** 128 and the number of the signal. */
	private static final int TERMINATED = 143;

	@Test
	void underLoadTheServerIsToldAndWhatItReadIsComplete() {
		terminate("under load", 20,
				(script) -> script.otherAttempts().sendAtRate(1_000_000, 1000, (number) -> "server " + number),
				(socket) -> {
					assertThat(socket.awaitClose(PATIENCE)).isIn(1000, 1001);
					List<String> texts = socket.texts();
					List<Integer> numbers = texts.stream()
						.map((text) -> Integer.parseInt(text.substring(0, text.indexOf(':'))))
						.toList();
					assertThat(numbers).isEqualTo(IntStream.range(0, texts.size()).boxed().toList());
				});
	}

	@Test
	void stuckWriterDoesNotHoldTheProcess() {
		terminate("a write is stuck", 20_000, (script) -> {
		}, (socket) -> assertThat(socket.closeCode()).isEmpty());
	}

	private static void terminate(String situation, int size, Consumer<ScriptedWebSocketServer> script,
			Consumer<ServerConnection> check) {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start()) {
			script.accept(server);
			Process process = BusyClient.start(server.uri().toString(), size, "close-timeout=1s",
					"reconnect.delay=50ms", "heartbeat.interval=0");
			try {
				ServerConnection socket = server.awaitAttempt(1, STARTUP).awaitOpened(PATIENCE);
				socket.awaitFrame((frame) -> frame.text().startsWith("100:"), PATIENCE);
				if (size > 1000) {
					stopReading(socket);
				}
				Duration took = terminate(process);
				System.out.printf("== SIGTERM, %s | %d ms (%d)%n", situation, took.toMillis(), BOUND.toMillis());
				assertThat(took).isLessThan(BOUND.plus(ALLOWANCE));
				assertThat(process.exitValue()).isEqualTo(TERMINATED);
				check.accept(socket);
				assertThat(server.attempts()).isEqualTo(1);
			}
			finally {
				process.destroyForcibly();
			}
		}
	}

	private static Duration terminate(Process process) {
		long begin = System.nanoTime();
		process.destroy();
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !process.isAlive());
		return Duration.ofNanos(System.nanoTime() - begin);
	}

	/** Until what the client sends fills the buffers between. */
	private static void stopReading(ServerConnection socket) {
		socket.stopReading();
		await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
	}

}
