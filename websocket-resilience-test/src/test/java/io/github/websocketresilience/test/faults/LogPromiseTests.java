package io.github.websocketresilience.test.faults;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent.Closed;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the log of an application says of its connections.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LogPromiseTests {

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void serverThatIsDownIsToldOnceAndThenAtADecreasingRate() {
		this.server.stop();
		String name = "down-" + this.server.port();
		try (CapturedLog log = new CapturedLog();
				StarterApplication application = StarterApplication.start(
						"connections." + name + ".url=" + this.server.uri(), "reconnect.delay=10ms",
						"reconnect.max-delay=10ms", "reconnect.jitter=0")) {
			application.awaitAll(RetryScheduled.class, 70);
			List<String> failures = log.linesOf(name).stream().filter((line) -> line.startsWith("WARN")).toList();
			assertThat(failures.get(0)).contains("CONNECTING -> WAITING", "the TCP connection could not be made")
				.doesNotContain("in a row");
			for (int line = 1; line <= 6; line++) {
				assertThat(failures.get(line)).contains("failed " + (1 << line) + " times in a row");
			}
			int retries = application.events(RetryScheduled.class).size();
			assertThat(failures).hasSizeLessThanOrEqualTo(Integer.SIZE - Integer.numberOfLeadingZeros(retries));
			this.server.start();
			application.assertReconnected(this.server, 1);
			StarterApplication.until("told",
					() -> log.linesOf(name).stream().anyMatch((line) -> line.contains("-> OPEN")));
			assertThat(log.linesOf(name)).last().asString().startsWith("INFO").contains("CONNECTING -> OPEN (after ");
		}
	}

	@Test
	void eachTransitionIsOneLineOfAscii() {
		String name = "lines-" + this.server.port();
		this.server.attempt(1).close(1001, "g\u00fcnther\nERROR forged\u2028");
		try (CapturedLog log = new CapturedLog();
				StarterApplication application = StarterApplication.start(
						"connections." + name + ".url=" + this.server.uri(), "reconnect.delay=40ms",
						"reconnect.jitter=0")) {
			application.assertReconnected(this.server, 2);
			application.connection().close().join();
			application.await(Closed.class, 1);
			StarterApplication.until("told", () -> log.linesOf(name).size() >= 6);
			assertThat(log.linesOf(name)).allMatch((line) -> line.matches("[\\x20-\\x7e]+"))
				.extracting((line) -> line.replaceAll(" \\((in|after) .*|(?<=\") after .*", ""))
				.containsExactly("INFO " + name + ": IDLE -> CONNECTING", "INFO " + name + ": CONNECTING -> OPEN",
						"WARN " + name + ": OPEN -> WAITING (closed by peer with 1001 (going away) "
								+ "\"g\\u00fcnther\\u000aERROR forged\\u2028\"",
						"INFO " + name + ": CONNECTING -> OPEN", "INFO " + name + ": OPEN -> CLOSING (close requested)",
						"INFO " + name + ": CLOSING -> CLOSED");
		}
	}

}
