package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.interoperability.LoadClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Listeners that hold every thread there is for listeners.
 */
@Tag("faults")
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BlockedThreadsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String WARNING = "All 2 listener threads are blocked";

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void heartbeatsWritesAndReconnectsGoOnWhenAllListenerThreadsAreBlocked(CapturedOutput output) {
		BlockingListener listener = new BlockingListener();
		try (FaultServer server = FaultServer.start(); LoadClient client = open(server.url(), listener)) {
			List<WebSocketConnection> connections = StreamSupport.stream(client.connections().spliterator(), false)
				.toList();
			server.awaitLines("open", 3);
			server.command("feed");
			await().atMost(PATIENCE).until(() -> listener.holders().size() == 2);
			server.command("calm");
			assertHeartbeatsAndWrites(server, connections);
			assertReconnects(server, connections);
			assertHeartbeatsAndWrites(server, connections);
			await().atMost(PATIENCE).until(() -> output.getAll().contains(WARNING));
			assertThat(listener.holders()).hasSize(2);
			String warning = output.getAll().lines().filter((line) -> line.contains(WARNING)).findFirst().orElseThrow();
			assertThat(warning).contains("WARN").contains(listener.holders().stream().sorted().toList().toString());
			assertThat(output.getAll().lines().filter((line) -> line.contains(WARNING))).hasSize(1);
			listener.release();
			server.command("feed");
			await().atMost(PATIENCE).until(() -> listener.delivered().size() == 3);
		}
		finally {
			listener.release();
		}
	}

	private static LoadClient open(String url, ConnectionListener listener) {
		return LoadClient.open(url, listener, "connections.a.url=" + url, "connections.b.url=" + url,
				"threads.listeners=2", "heartbeat.interval=1s", "heartbeat.timeout=5s", "reconnect.delay=100ms",
				"close-timeout=1s");
	}

	private static void assertHeartbeatsAndWrites(FaultServer server, List<WebSocketConnection> connections) {
		int pings = server.lines("ping").size();
		int texts = server.lines("text").size();
		connections.forEach((connection) -> connection.send("1"));
		server.awaitLines("text", texts + 3);
		await().atMost(PATIENCE)
			.until(() -> server.lines("ping")
				.stream()
				.skip(pings)
				.map((ping) -> ping.get("socket").asInt())
				.collect(Collectors.toSet())
				.size() >= 3);
	}

	private static void assertReconnects(FaultServer server, List<WebSocketConnection> connections) {
		server.command("drop");
		server.awaitLines("open", 6);
		await().atMost(PATIENCE)
			.until(() -> connections.stream().allMatch((connection) -> connection.state() == ConnectionState.OPEN));
	}

}
