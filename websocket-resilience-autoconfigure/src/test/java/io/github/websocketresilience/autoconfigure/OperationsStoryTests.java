package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.transport.RawServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection from its start through every trouble: at each step health, metrics,
 * endpoint, events and log say the same, and it is what the server saw.
 */
class OperationsStoryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	@Test
	@Timeout(240)
	void allThatTellsOfAConnectionAgreesWithTheServer() throws Exception {
		try (StoryServer server = new StoryServer(); Surfaces surfaces = new Surfaces(server.port())) {
			WebSocketConnection connection = surfaces.connection();
			agree(ConnectionState.OPEN, "UP", server, surfaces);

			for (int i = 0; i < 3; i++) {
				server.send("news " + i);
			}
			connection.send("one").thenCompose((sent) -> connection.send("two")).join();
			agree(ConnectionState.OPEN, "UP", server, surfaces);
			assertThat(server.received()).containsExactly("one", "two");

			server.kill();
			agree(ConnectionState.WAITING, "UP", server, surfaces);
			assertThat(surfaces.disconnects()).containsExactly(Kind.CONNECTION_LOST);
			agree(ConnectionState.WAITING, "DOWN", server, surfaces);
			server.restart();
			agree(ConnectionState.OPEN, "UP", server, surfaces);

			RawServer.Connection silent = server.fallSilent();
			Awaitility.await().atMost(PATIENCE).until(silent::isGone);
			agree(ConnectionState.OPEN, "UP", server, surfaces);
			assertThat(surfaces.disconnects()).containsExactly(Kind.CONNECTION_LOST, Kind.HEARTBEAT_TIMEOUT);
			assertThat(surfaces.metric("websocket_client_heartbeat_misses_total")).isEqualTo(1);
			assertThat(surfaces.log()).anyMatch((line) -> line.contains("no proof of life for 1s"));

			server.refuse(true);
			server.drop();
			agree(ConnectionState.CLOSED, "DOWN", server, surfaces);
			assertThat(server.refused()).isEqualTo(1);
			assertThat(surfaces.metric("websocket_client_gave_up_connections")).isEqualTo(1);
			assertThat(surfaces.log()).last().asString().startsWith("ERROR").contains("gave up").contains("401");
			assertThat(surfaces.notOpenSeconds()).isPositive();

			server.refuse(false);
			surfaces.act("resume");
			agree(ConnectionState.OPEN, "UP", server, surfaces);
			assertThat(server.refused()).isEqualTo(1);
			assertThat(surfaces.metric("websocket_client_gave_up_connections")).isZero();
			assertThat(surfaces.notOpenSeconds()).isZero();

			surfaces.act("pause");
			agree(ConnectionState.CLOSED, "UNKNOWN", server, surfaces);
			// The first is what we told the silent one
			assertThat(server.closeCodes()).containsExactly(1001, 1000);
			assertThat(surfaces.notOpenSeconds()).isZero();
		}
	}

	private static void agree(ConnectionState state, String health, StoryServer server, Surfaces surfaces) {
		Awaitility.await().atMost(PATIENCE).dontCatchUncaughtExceptions().untilAsserted(() -> {
			assertThat(surfaces.connection().state()).isEqualTo(state);
			assertThat(surfaces.health()).containsEntry("status", health);
			assertThat(surfaces.health("state")).isEqualTo(state.name());
			assertThat(surfaces.endpointState()).isEqualTo(state.name());
			assertThat(surfaces.states()).isEqualTo(Map.of(state.name().toLowerCase(Locale.ROOT), 1.0));
			List<String> changes = surfaces.changes();
			assertThat(changes).last().asString().endsWith(" -> " + state);
			assertThat(surfaces.loggedChanges()).isEqualTo(changes);
			assertThat(surfaces.endpointChanges())
				.isEqualTo(changes.subList(Math.max(0, changes.size() - 20), changes.size()));
			traffic(server, surfaces);
			assertThat(server.open()).isEqualTo((state == ConnectionState.OPEN) ? 1 : 0);
		});
	}

	private static void traffic(StoryServer server, Surfaces surfaces) {
		assertThat(surfaces.messages()).isEqualTo(server.sent());
		assertThat(surfaces.metric("websocket_client_messages_total", "direction=\"in\""))
			.isEqualTo(server.sent().size());
		assertThat(surfaces.metric("websocket_client_messages_total", "direction=\"out\""))
			.isEqualTo(server.received().size());
		assertThat(surfaces.metric("websocket_client_attempts_total", "outcome=\"opened\""))
			.isEqualTo(server.accepted());
		List<Disconnected> ends = surfaces.ends();
		assertThat(surfaces.metric("websocket_client_attempts_total", "outcome=\"failed\""))
			.isEqualTo(ends.stream().filter((end) -> !end.opened()).count());
		Map<Kind, Long> kinds = ends.stream()
			.filter(Disconnected::opened)
			.collect(Collectors.groupingBy((end) -> end.disconnect().kind(), Collectors.counting()));
		kinds.forEach((kind, number) -> assertThat(surfaces.metric("websocket_client_disconnects_total",
				"kind=\"" + kind.name().toLowerCase(Locale.ROOT) + "\""))
			.isEqualTo((double) number));
		assertThat(surfaces.metric("websocket_client_disconnects_total"))
			.isEqualTo(kinds.values().stream().mapToLong(Long::longValue).sum());
	}

}
