package io.github.websocketresilience.test.faults.shutdown;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.test.ScriptedWebSocketServer;

/**
 * What a connection is doing when its end comes.
 */
enum Situation {

	NEVER_STARTED("never started", Sees.NOTHING, Set.of("CLOSED"), (server) -> {
	}, (scene) -> scene.send(10, 10), Map.of("auto-startup", "false")),

	NO_ANSWER_TO_TCP("connecting, TCP gets no answer", Sees.NOTHING, Set.of("CLOSED"), (server) -> {
	}, Situation::sendWhileConnecting),

	TLS_HANGS("connecting, TLS gets no answer", Sees.NOTHING, Set.of("CLOSED"), (server) -> {
	}, Situation::sendWhileConnecting),

	NO_ANSWER("connecting, the handshake gets no answer", Sees.NOTHING, Set.of("CLOSED"),
			(server) -> server.otherAttempts().neverAnswer(), (scene) -> {
				scene.server().awaitAttempt(1, Scene.PATIENCE);
				sendWhileConnecting(scene);
			}),

	DRIPPED_ANSWER("connecting, the answer comes byte by byte", Sees.NOTHING, Set.of("CLOSED"),
			(server) -> server.otherAttempts().acceptByteByByte(Duration.ofMillis(200)), (scene) -> {
				scene.server().awaitAttempt(1, Scene.PATIENCE);
				sendWhileConnecting(scene);
			}),

	CUSTOMIZER_BLOCKS("connecting, a customizer blocks", Sees.NOTHING, Set.of("CLOSED"), (server) -> {
	}, (scene) -> {
		scene.awaitHeld(1);
		scene.send(10, 10);
	}),

	IDLE("open, nothing to do", Sees.CLOSE, Set.of(), (server) -> {
	}, (scene) -> scene.awaitState(ConnectionState.OPEN)),

	LOAD("open, 1,000 messages a second each way", Sees.CLOSE, Set.of("done", "CLOSED", "QUEUE_FULL"),
			(server) -> server.otherAttempts().sendAtRate(100_000, 1000, (number) -> "server " + number), (scene) -> {
				scene.awaitState(ConnectionState.OPEN);
				scene.keepSending();
				scene.server().connection(1).awaitText("50:", Scene.PATIENCE);
			}, Map.of("close-timeout", "5s")),

	STUCK_WRITER("open, a write is stuck", Sees.NOTHING, Set.of("done", "LOST_IN_FLIGHT", "CLOSED"),
			(server) -> server.otherAttempts().stopReading(), (scene) -> {
				scene.awaitState(ConnectionState.OPEN);
				scene.send(7, 1_000_000);
			}),

	STUCK_FIRST_MESSAGE("open, a first message is stuck", Sees.NOTHING, Set.of("CLOSED"),
			(server) -> server.otherAttempts().stopReading(), (scene) -> {
				scene.awaitState(ConnectionState.OPEN);
				scene.send(10, 10);
			}),

	FULL_QUEUE("open, 1,000 messages to go out", Sees.CLOSE, Set.of("done"), (server) -> {
	}, (scene) -> {
		scene.awaitState(ConnectionState.OPEN);
		scene.send(1000, 1000);
	}, Map.of("close-timeout", "5s")),

	SLOW_QUEUE("open, more to go out than its rate lets through", Sees.NOTHING, Set.of("done", "CLOSED"), (server) -> {
	}, (scene) -> {
		scene.awaitState(ConnectionState.OPEN);
		scene.send(1000, 100);
	}, Map.of("outbound.rate-limit", "50/1s")),

	WAITING("waiting for the next attempt", Sees.NOTHING, Set.of("CLOSED"),
			(server) -> server.otherAttempts().refuse(503), (scene) -> {
				scene.awaitState(ConnectionState.WAITING);
				scene.send(10, 10);
			}, Map.of("reconnect.delay", "200ms", "reconnect.max-delay", "200ms")),

	RECONNECTING("a reconnect has just begun", Sees.NOTHING, Set.of("CLOSED"),
			(server) -> server.attempt(2).neverAnswer(), (scene) -> {
				scene.awaitState(ConnectionState.OPEN);
				scene.connection().reconnect();
				scene.awaitState(ConnectionState.CONNECTING);
				scene.send(10, 10);
			}),

	NO_ANSWER_TO_CLOSE("open, the server does not answer a close", Sees.CLOSE, Set.of("done"),
			(server) -> server.otherAttempts().ignoreClose(), (scene) -> {
				scene.awaitState(ConnectionState.OPEN);
				scene.send(10, 10);
			}),

	CLOSING("closing already, the server does not answer", Sees.CLOSE, Set.of("done", "CLOSED"),
			(server) -> server.otherAttempts().ignoreClose(), (scene) -> {
				scene.awaitState(ConnectionState.OPEN);
				scene.connection().close();
				scene.awaitState(ConnectionState.CLOSING);
				scene.send(10, 10);
			}),

	LISTENER_BLOCKS("open, the listener blocks", Sees.CLOSE, Set.of("done"),
			(server) -> server.otherAttempts().sendText("1"), (scene) -> {
				scene.awaitHeld(1);
				scene.send(10, 10);
			}),

	ALL_LISTENERS_BLOCK("three open, all listener threads blocked", Sees.CLOSE, Set.of("done"),
			(server) -> server.otherAttempts().sendText("1").sendText("2"), (scene) -> {
				scene.awaitHeld(2);
				scene.awaitState(ConnectionState.OPEN);
				scene.send(10, 10);
			}, Map.of("threads.listeners", "2")),

	PAUSED("open, reading is paused", Sees.CLOSE, Set.of("done"),
			(server) -> server.otherAttempts().sendAtRate(1000, 10_000, (number) -> "server " + number), (scene) -> {
				scene.awaitHeld(1);
				scene.awaitPause();
				scene.send(10, 10);
			}, Map.of("inbound.capacity", "4")),

	MANY("two hundred open", Sees.CLOSE, Set.of("done"), (server) -> {
	}, (scene) -> {
		scene.awaitState(ConnectionState.OPEN);
		scene.send(10, 10);
	});

	private final String description;

	private final Sees sees;

	private final Set<String> outcomes;

	private final Consumer<ScriptedWebSocketServer> script;

	private final Consumer<Scene> arrangement;

	private final Map<String, String> properties;

	Situation(String description, Sees sees, Set<String> outcomes, Consumer<ScriptedWebSocketServer> script,
			Consumer<Scene> arrangement) {
		this(description, sees, outcomes, script, arrangement, Map.of());
	}

	Situation(String description, Sees sees, Set<String> outcomes, Consumer<ScriptedWebSocketServer> script,
			Consumer<Scene> arrangement, Map<String, String> properties) {
		this.description = description;
		this.sees = sees;
		this.outcomes = outcomes;
		this.script = script;
		this.arrangement = arrangement;
		this.properties = properties;
	}

	/**
	 * Tell the server what to do, before the application starts.
	 */
	void prepare(Scene scene) {
		this.script.accept(scene.server());
		if (this == NO_ANSWER_TO_TCP) {
			scene.silentPort().fill();
		}
	}

	/**
	 * Return the settings of the application.
	 */
	Map<String, String> properties(Scene scene) {
		String url = switch (this) {
			case NO_ANSWER_TO_TCP -> "ws://127.0.0.1:" + scene.silentPort().number();
			case TLS_HANGS -> "wss://127.0.0.1:" + scene.silentPort().number();
			default -> scene.server().uri().toString();
		};
		Map<String, String> all = new HashMap<>(Map.of("url", url, "connect-timeout", "10s", "close-timeout", "1s",
				"reconnect.delay", "50ms", "reconnect.max-delay", "100ms"));
		IntStream.range(1, connections()).forEach((number) -> all.put("connections.c" + number + ".url", url));
		all.putAll(this.properties);
		return all;
	}

	private int connections() {
		return switch (this) {
			case ALL_LISTENERS_BLOCK -> 3;
			case MANY -> 200;
			default -> 1;
		};
	}

	/**
	 * Bring a started application into the situation.
	 */
	void arrange(Scene scene) {
		this.arrangement.accept(scene);
	}

	/**
	 * Whether the server reads our close frame. In the other situations there is no
	 * WebSocket connection, or the frame is behind what the server does not read.
	 */
	boolean serverSeesClose() {
		return this.sees == Sees.CLOSE;
	}

	/**
	 * Whether an address of a server is used that can be healed.
	 */
	boolean canRecover() {
		return this != NO_ANSWER_TO_TCP && this != TLS_HANGS;
	}

	/**
	 * Return how long the end may take.
	 * @return {@code close-timeout} and 1 s
	 */
	Duration bound() {
		return Duration.ofSeconds(this.properties.containsKey("close-timeout") ? 6 : 2);
	}

	/**
	 * Return what may become of what was sent.
	 * @return reasons of failures, {@code done} for none
	 */
	Set<String> outcomes() {
		return this.outcomes;
	}

	private static void sendWhileConnecting(Scene scene) {
		scene.awaitState(ConnectionState.CONNECTING);
		scene.send(10, 10);
	}

	@Override
	public String toString() {
		return this.description;
	}

	private enum Sees {

		CLOSE, NOTHING

	}

}
