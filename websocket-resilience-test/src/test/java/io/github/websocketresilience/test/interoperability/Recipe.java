package io.github.websocketresilience.test.interoperability;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A server that people write, and the YAML that is right for it.
 */
enum Recipe {

	/** Chat by id. */
	R0("r0", "/ws", "HeartBeat"),

	/** Plain echo. */
	R1("r1", "", "heartbeat"),

	/** Outlive the back end. */
	R2("r2", "/ws", Pattern.quote("{\"hhh\":\"heartbeat\"}")),

	/** The same with a back end that never answers. */
	R2_UNANSWERED("r2-unanswered", "/ws", Pattern.quote("{\"hhh\":\"heartbeat\"}")),

	/** Keyed push. */
	R3("r3", "/ws", Pattern.quote("{\"message\":\"now\",\"interval\":15000}")),

	/** Message codes. */
	R4("r4", "", "\\{\"ModeCode\":\"heart_beat\",\"msg\":\\d{13}\\}");

	private final String name;

	private final String path;

	private final Predicate<String> heartbeat;

	Recipe(String name, String path, String heartbeat) {
		this.name = name;
		this.path = path;
		this.heartbeat = Pattern.compile(heartbeat).asMatchPredicate();
	}

	/**
	 * Start its server.
	 * @param port the port, or 0 for any
	 * @return the server, listening
	 */
	NodeServer serve(int port) {
		return NodeServer.start(this.name + ".js", port);
	}

	/**
	 * Start an application with its YAML, of which only the address and durations are
	 * changed.
	 * @param port where its server listens
	 * @param durations changed durations, {@code heartbeat.interval=1s} for one
	 * @return the application
	 */
	ClientApplication connect(int port, String... durations) {
		return ClientApplication.run(this.name + ".yaml", "ws://localhost:" + port + this.path, durations);
	}

	boolean isHeartbeat(String text) {
		return this.heartbeat.test(text);
	}

}
