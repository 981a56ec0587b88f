package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What takes minutes to see. Not part of the build:
 * {@code mvn -pl websocket-resilience-test -am test -Dgroups=long} runs it and prints
 * what it measured.
 */
@Tag("long")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EnduranceTests {

	@BeforeAll
	static void install() {
		NodeInstallation.directory();
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void serverThatIsKilledForTwentySecondsIsFoundAgainAndTheLogStaysQuiet(CapturedOutput output) {
		NodeServer server = Recipe.R1.serve(0);
		int port = server.port();
		try (ClientApplication client = Recipe.R1.connect(port)) {
			client.awaitChange(ConnectionState.OPEN, 1);
			int logged = output.getAll().length();
			server.kill();
			await().pollDelay(Duration.ofSeconds(20)).atMost(Duration.ofSeconds(30)).until(() -> true);
			String log = output.getAll().substring(logged);
			server = Recipe.R1.serve(port);
			Instant restarted = Instant.now();
			await().atMost(Duration.ofSeconds(60)).until(() -> client.connection().state() == ConnectionState.OPEN);
			report("killed for 20s: open again %dms after the restart, attempts %d, lines logged meanwhile %d%n%s",
					since(restarted), client.connection().snapshot().attempt(), log.lines().count(), log);
			assertThat(log.lines().count()).isLessThan(15);
		}
		finally {
			server.kill();
		}
	}

	@Test
	void halfOpenPeerIsDroppedInTimeAndReplaced() {
		try (NodeServer server = Recipe.R1.serve(0);
				ClientApplication client = Recipe.R1.connect(server.port(), "heartbeat.interval=5s",
						"heartbeat.timeout=3s")) {
			server.awaitLines("open", 1);
			Instant silent = Instant.now();
			server.command("pause");
			WebSocketStateEvent detected = client.awaitChange(ConnectionState.WAITING, 1);
			WebSocketStateEvent replaced = client.awaitChange(ConnectionState.OPEN, 2);
			Duration detection = Duration.between(silent, Instant.ofEpochMilli(detected.getTimestamp()));
			Duration replacement = Duration.ofMillis(replaced.getTimestamp() - detected.getTimestamp());
			report("half-open: dropped after %dms of silence (5s + 3s), replaced %dms later", detection.toMillis(),
					replacement.toMillis());
			assertThat(detected.cause()).extracting(Disconnect::kind).isEqualTo(Disconnect.Kind.HEARTBEAT_TIMEOUT);
			assertThat(detection).isLessThan(Duration.ofSeconds(5 + 3 + 1));
			assertThat(replacement).isLessThan(Duration.ofSeconds(3));
		}
	}

	private static long since(Instant begin) {
		return Duration.between(begin, Instant.now()).toMillis();
	}

	private static void report(String format, Object... values) {
		System.out.println("== " + format.formatted(values));
	}

}
