package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.logging.LogLines;
import io.github.websocketresilience.transport.RawServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.bridge.SLF4JBridgeHandler;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a whole application logs while its server is down: all loggers together, as much
 * as is usually switched on.
 */
class LogVolumeTests {

	private static final int REFUSALS = 150;

	private static final int LOG2_OF_REFUSALS = 7;

	private static final Pattern IN_A_ROW = Pattern.compile("failed (\\d+) times in a row");

	private final RawServer server = new RawServer(this::serve);

	private final LogLines lines = new LogLines(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.INFO);

	@BeforeEach
	void listenToThePlatformToo() {
		SLF4JBridgeHandler.install();
	}

	@AfterEach
	void close() {
		SLF4JBridgeHandler.uninstall();
		this.lines.close();
		this.server.close();
	}

	@Test
	void longOutageIsAFewLinesAndItsEndIsOne() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
					WebSocketResilienceEventsAutoConfiguration.class,
					WebSocketResilienceLoggingAutoConfiguration.class))
			.withPropertyValues("resilient.websocket.url=" + this.server.uri(),
					"resilient.websocket.reconnect.delay=1ms", "resilient.websocket.reconnect.max-delay=1ms",
					"resilient.websocket.outbound.time-to-live=1ms")
			.run((context) -> {
				WebSocketConnection connection = context.getBean(WebSocketConnection.class);
				await(() -> logged("INFO default: CONNECTING -> OPEN (in"));
				this.server.connections().get(0).end();
				await(() -> {
					connection.send("lost");
					return logged("INFO default: CONNECTING -> OPEN (after");
				});
				List<String> all = texts();
				List<String> failed = all.stream().filter((line) -> line.startsWith("WARN default: CONN")).toList();
				assertThat(failed).hasSizeBetween(LOG2_OF_REFUSALS, LOG2_OF_REFUSALS + 1);
				assertThat(failed.stream().flatMap(LogVolumeTests::failuresInARow)).containsExactly(2, 4, 8, 16, 32, 64,
						128);
				assertThat(all).filteredOn((line) -> !failed.contains(line))
					.satisfiesExactly((line) -> assertThat(line).isEqualTo("INFO default: IDLE -> CONNECTING"),
							(line) -> assertThat(line).startsWith("INFO default: CONNECTING -> OPEN (in "),
							(line) -> assertThat(line).startsWith("WARN default: OPEN -> WAITING ("),
							(line) -> assertThat(line).startsWith("INFO default: CONNECTING -> OPEN (after ")
								.endsWith(" and " + (REFUSALS + 1) + " attempts)"));
				assertThat(this.lines.texts()).anyMatch(LogVolumeTests::isOfDiscards);
				// One when the socket breaks, but none for each attempt
				assertThat(this.lines.events()).filteredOn((line) -> !isOurs(line)).hasSizeLessThan(3);
			});
	}

	private boolean logged(String begin) {
		return this.lines.texts().stream().anyMatch((line) -> line.startsWith(begin));
	}

	/**
	 * Ours, without the lines that come every ten seconds: those depend on the machine.
	 */
	private List<String> texts() {
		return this.lines.events()
			.stream()
			.filter(LogVolumeTests::isOurs)
			.map((line) -> line.getLevel() + " " + line.getFormattedMessage())
			.filter((text) -> !isOfDiscards(text))
			.toList();
	}

	private static boolean isOurs(ILoggingEvent line) {
		return line.getLoggerName().startsWith("io.github.websocketresilience");
	}

	private static boolean isOfDiscards(String line) {
		return line.contains(" discarded: ");
	}

	private static Stream<Integer> failuresInARow(String line) {
		return IN_A_ROW.matcher(line).results().map((result) -> Integer.valueOf(result.group(1)));
	}

	private void serve(RawServer.Connection connection) throws Exception {
		int index = this.server.connections().indexOf(connection);
		if (index > 0 && index <= REFUSALS) {
			connection.refuse(503);
		}
		else {
			connection.accept();
			connection.serve();
		}
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
	}

}
