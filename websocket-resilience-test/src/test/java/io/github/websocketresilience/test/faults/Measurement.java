package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a client needs to notice a fault and to be open again, next to what its
 * settings allow.
 */
final class Measurement {

	/** {@code interval + timeout * max-missed}. */
	static final Duration DETECTION = Duration.ofSeconds(2);

	/** {@code max-delay * (1 + jitter) + connect-timeout}. */
	static final Duration RECOVERY = Duration.ofMillis(2750);

	/** What a machine of two processors may be late that has other work. */
	static final Duration ALLOWANCE = Duration.ofSeconds(3);

	private final String fault;

	private final ChildProcess client;

	private final Instant begin;

	private Instant end;

	private Duration bound = Duration.ZERO;

	private Duration detected = Duration.ZERO;

	/**
	 * Begin, right before the fault.
	 * @param fault what it is called in the table
	 * @param client the client, open
	 */
	Measurement(String fault, ChildProcess client) {
		this.fault = fault;
		this.client = client;
		client.forget();
		this.begin = Instant.now();
		this.end = this.begin;
	}

	/**
	 * Return the settings of which the bounds are.
	 * @return properties of the client
	 */
	static String[] settings() {
		return settings(Duration.ofSeconds(1));
	}

	static String[] settings(Duration heartbeatTimeout) {
		return new String[] { "heartbeat.interval=1s", "heartbeat.timeout=" + heartbeatTimeout,
				"heartbeat.max-missed=1", "connect-timeout=2s", "reconnect.delay=250ms", "reconnect.max-delay=500ms",
				"reconnect.jitter=0.5" };
	}

	/**
	 * Wait until a heartbeat went unanswered.
	 */
	void awaitHeartbeatTimeout() {
		awaitDetection(DETECTION, List.of("HEARTBEAT_TIMEOUT"));
	}

	/**
	 * Wait until the end of the socket was told by the kernel.
	 */
	void awaitLoss() {
		awaitDetection(Duration.ZERO, List.of("CONNECTION_LOST", "WRITE_FAILED"));
	}

	/**
	 * Wait until an attempt has failed as well.
	 */
	void awaitFailedAttempt() {
		this.client.awaitLines("Disconnected", 2);
	}

	/**
	 * The fault is about to be mended: recovery counts from now on.
	 */
	void heals() {
		this.end = Instant.now();
	}

	/**
	 * Wait until the client is open again, tell, and judge.
	 */
	void awaitRecovery() {
		JsonNode opened = this.client.awaitLines("Opened", 1).get(0);
		Duration recovered = Duration.between(this.end, at(opened));
		System.out.printf("== %s | %d ms (%d) | %d ms (%d)%n", this.fault, this.detected.toMillis(),
				this.bound.toMillis(), recovered.toMillis(), RECOVERY.toMillis());
		assertThat(this.detected).as("detection of: %s", this.fault)
			.isBetween(Duration.ZERO, this.bound.plus(ALLOWANCE));
		assertThat(recovered).as("recovery from: %s", this.fault).isBetween(Duration.ZERO, RECOVERY.plus(ALLOWANCE));
	}

	private void awaitDetection(Duration bound, List<String> kinds) {
		JsonNode disconnected = this.client.awaitLines("Disconnected", 1).get(0);
		assertThat(disconnected.get("kind").asString()).as("kind of: %s", this.fault).isIn(kinds);
		this.bound = bound;
		this.end = at(disconnected);
		this.detected = Duration.between(this.begin, this.end);
	}

	private static Instant at(JsonNode event) {
		return Instant.ofEpochMilli(event.get("at").asLong());
	}

}
