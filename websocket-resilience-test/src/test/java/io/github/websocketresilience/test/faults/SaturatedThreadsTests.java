package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.AttemptDelayed;
import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.Opcode;
import io.github.websocketresilience.test.ReceivedFrame;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import io.github.websocketresilience.test.interoperability.LoadClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two threads for I/O, of which handshakes may have one, and more connections that need
 * them than there are: what becomes of the connection whose server does nothing wrong.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SaturatedThreadsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** What a machine of two processors may be late that has other work. */
	private static final Duration ALLOWANCE = Duration.ofSeconds(3);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

	private static final Handshake HANDSHAKE = new Handshake(Map.of(), Map.of(), List.of(), CONNECT_TIMEOUT);

	private static final Heartbeat HEARTBEAT = heartbeat(Duration.ofMillis(500));

	/** Of those who are to end by their writes alone. */
	private static final Heartbeat NO_HEARTBEAT = heartbeat(Duration.ZERO);

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(4);

	private static final String[] SETTINGS = { "threads.io=2", "heartbeat.interval=500ms", "heartbeat.timeout=2s",
			"reconnect.delay=100ms", "reconnect.max-delay=100ms", "close-timeout=1s", "outbound.max-bytes=32MB",
			"outbound.send-timeout=" + SEND_TIMEOUT.toSeconds() + "s" };

	private final BlockingListener listener = new BlockingListener();

	@Test
	void handshakesThatHangDelayOthersByTheirTurnAndNothingElse() {
		try (ScriptedWebSocketServer sound = server();
				ScriptedWebSocketServer other = server();
				LoadClient client = open(sound)) {
			other.otherAttempts().neverAnswer();
			List<WebSocketConnection> hung = openOthers(client, other, 3, HEARTBEAT);
			await().atMost(PATIENCE).until(() -> other.attempts() > hung.size());
			assertWritesAndHeartbeats(sound, client);
			Instant dropped = Instant.now();
			sound.connections().get(0).dropWithReset();
			await().atMost(PATIENCE).until(() -> sound.attempts() == 2 && isOpen(client));
			Duration reconnected = Duration.between(dropped, Instant.now());
			System.out.printf("== 3 handshakes that hang, 1 thread: another connection is open again after %d ms%n",
					reconnected.toMillis());
			assertThat(reconnected).isLessThan(CONNECT_TIMEOUT.multipliedBy(hung.size()).plus(ALLOWANCE));
			assertThat(client.events(AttemptDelayed.class)).isNotEmpty();
			assertWritesAndHeartbeats(sound, client);
		}
	}

	@Test
	void writesThatAreStuckDelayOthersUntilTheyAreGivenUpAndNobodyElseIsBlamed() {
		try (ScriptedWebSocketServer sound = server();
				ScriptedWebSocketServer other = server();
				LoadClient client = open(sound)) {
			other.attempt(1).stopReading();
			other.attempt(2).stopReading();
			List<WebSocketConnection> stuck = openOthers(client, other, 2, NO_HEARTBEAT);
			await().atMost(PATIENCE).until(() -> stuck.stream().allMatch(SaturatedThreadsTests::isOpen));
			stuck.forEach(SaturatedThreadsTests::fill);
			awaitStandstill(stuck);
			Instant sent = Instant.now();
			client.connections().get("default").send("after all").orTimeout(20, TimeUnit.SECONDS).join();
			Duration waited = Duration.between(sent, Instant.now());
			System.out.printf("== 2 writes that are stuck, 2 threads: another connection's write waited for %d ms%n",
					waited.toMillis());
			await().atMost(PATIENCE).until(() -> other.attempts() == 4);
			assertThat(waited).isLessThan(SEND_TIMEOUT.plus(ALLOWANCE));
			List<Disconnected> ends = client.events(Disconnected.class).toList();
			assertThat(ends).extracting((end) -> end.disconnect().kind())
				.containsExactly(Kind.SEND_TIMEOUT, Kind.SEND_TIMEOUT);
			assertThat(text(sound.connections().get(0), "after all").at()).as("both threads were held")
				.isAfter(ends.get(0).at());
			assertWritesAndHeartbeats(sound, client);
			assertThat(sound.attempts()).isOne();
		}
	}

	@Test
	void listenersThatBlockReadersHoldNoThreadThatOthersNeed() {
		try (ScriptedWebSocketServer sound = server();
				ScriptedWebSocketServer other = server();
				LoadClient client = open(sound, "inbound.dispatch=direct")) {
			other.otherAttempts().accept().sendText("greeting").sendText("more");
			List<WebSocketConnection> blocked = openOthers(client, other, 4, HEARTBEAT);
			await().atMost(PATIENCE).until(() -> this.listener.holders().size() == blocked.size());
			blocked.forEach((connection) -> connection.send("all the same"));
			for (int i = 0; i < blocked.size(); i++) {
				other.connections().get(i).awaitText("all the same", PATIENCE);
				awaitPings(other.connections().get(i));
			}
			assertWritesAndHeartbeats(sound, client);
			sound.connections().get(0).dropWithReset();
			await().atMost(PATIENCE).until(() -> sound.attempts() == 2 && isOpen(client));
			assertWritesAndHeartbeats(sound, client);
			assertThat(client.events(AttemptDelayed.class)).isEmpty();
			assertThat(client.events(Disconnected.class)).extracting(ConnectionEvent::connection)
				.containsExactly("default");
		}
		finally {
			this.listener.release();
		}
	}

	private static Heartbeat heartbeat(Duration interval) {
		return new Heartbeat(interval, Duration.ofSeconds(2), 1, null, Reply.DEFAULT, Proof.ANY);
	}

	private static ScriptedWebSocketServer server() {
		return new ScriptedWebSocketServer().start();
	}

	private LoadClient open(ScriptedWebSocketServer server, String... more) {
		return LoadClient.open(server.uri().toString(), this.listener,
				Stream.concat(Stream.of(SETTINGS), Stream.of(more)).toArray(String[]::new));
	}

	private static List<WebSocketConnection> openOthers(LoadClient client, ScriptedWebSocketServer server, int count,
			Heartbeat heartbeat) {
		return IntStream.range(0, count)
			.mapToObj((number) -> client.connections()
				.open("other-" + number,
						(settings) -> settings.url(server.uri()).handshake(HANDSHAKE).heartbeat(heartbeat)))
			.toList();
	}

	private static boolean isOpen(LoadClient client) {
		return isOpen(client.connections().get("default"));
	}

	private static boolean isOpen(WebSocketConnection connection) {
		return connection.state() == ConnectionState.OPEN;
	}

	/** More than the kernel keeps of what nobody reads. */
	private static void fill(WebSocketConnection connection) {
		for (int i = 0; i < 24; i++) {
			connection.send(new Message.Binary(new byte[1_000_000]));
		}
	}

	private static void awaitStandstill(List<WebSocketConnection> connections) {
		AtomicReference<List<Amount>> before = new AtomicReference<>(List.of());
		await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
			List<Amount> now = connections.stream().map((connection) -> connection.snapshot().queue()).toList();
			return now.equals(before.getAndSet(now));
		});
	}

	private static void assertWritesAndHeartbeats(ScriptedWebSocketServer server, LoadClient client) {
		ServerConnection last = server.connections().get(server.attempts() - 1);
		String text = "at " + Instant.now();
		client.connections().get("default").send(text);
		last.awaitText(text, PATIENCE);
		awaitPings(last);
	}

	private static ReceivedFrame text(ServerConnection connection, String text) {
		return connection.awaitFrame((frame) -> frame.opcode() == Opcode.TEXT && frame.text().equals(text), PATIENCE);
	}

	private static void awaitPings(ServerConnection connection) {
		long before = pings(connection);
		await().atMost(PATIENCE).until(() -> pings(connection) >= before + 2);
	}

	private static long pings(ServerConnection connection) {
		return connection.frames().stream().filter((frame) -> frame.opcode() == Opcode.PING).count();
	}

}
