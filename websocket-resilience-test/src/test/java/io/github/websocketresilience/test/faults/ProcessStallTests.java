package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes that stand still for a while and go on: the server's, and our own.
 */
@Tag("faults")
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ProcessStallTests {

	private static final Duration STALL = Measurement.DETECTION.multipliedBy(2);

	/** With this the stall is still longer than interval and timeout. */
	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private FaultServer server;

	private @Nullable ChildProcess started;

	@BeforeEach
	void serve() {
		this.server = FaultServer.start();
	}

	@AfterEach
	void disconnect() {
		if (this.started != null) {
			this.started.close();
		}
		this.server.close();
	}

	@Test
	void serverThatStandsStillIsGivenUpAndFoundAgain() {
		ChildProcess client = connect(Measurement.settings());
		Measurement measurement = new Measurement("server stands still for twice the detection", client);
		Instant begin = Instant.now();
		this.server.suspend();
		measurement.awaitHeartbeatTimeout();
		passUntil(begin.plus(STALL));
		measurement.heals();
		this.server.resume();
		measurement.awaitRecovery();
		assertThat(this.server.awaitTextsAfter(1)).isGreaterThan(1);
		this.server.assertOneSocketAtATime();
	}

	@Test
	void ownProcessThatStoodStillKeepsASocketWhoseServerAnswers() {
		ChildProcess client = connectToSlowServer();
		stall(client, () -> this.server.command("feed"));
		this.server.command("calm");
		int answered = client.lines("HeartbeatAnswered").size();
		client.awaitLines("HeartbeatAnswered", answered + 2);
		report(client, "own process stands still, server lives");
		assertThat(client.lines("Disconnected")).isEmpty();
		assertThat(this.server.lines("open")).hasSize(1);
	}

	@Test
	void ownProcessThatStoodStillKeepsASocketWhoseServerStoodStillToo() {
		ChildProcess client = connectToSlowServer();
		stall(client, this.server::suspend);
		client.awaitLines("Stalled", 1);
		this.server.resume();
		client.awaitLines("HeartbeatAnswered", 1);
		report(client, "own process and server stand still");
		assertThat(client.lines("Disconnected")).isEmpty();
		assertThat(this.server.lines("open")).hasSize(1);
	}

	@Test
	void ownProcessThatStoodStillGrantsOneMoreHeartbeatToADeadServer() {
		ChildProcess client = connectToSlowServer();
		Instant resumed = stall(client, this.server::suspend);
		client.awaitLines("Stalled", 1);
		Instant end = Instant.ofEpochMilli(client.awaitLines("Disconnected", 1).get(0).get("at").asLong());
		report(client, "own process stands still, server dead");
		assertThat(client.lines("Disconnected").get(0).get("kind").asString()).isEqualTo("HEARTBEAT_TIMEOUT");
		assertThat(client.lines("Stalled")).hasSize(1);
		assertThat(Duration.between(resumed, end)).isBetween(Duration.ZERO, TIMEOUT.plusSeconds(4));
	}

	private ChildProcess connect(String... properties) {
		ChildProcess client = FaultClient.start(List.of(), List.of(), this.server.url(), properties);
		this.started = client;
		this.server.awaitTextsAfter(0);
		return client;
	}

	/**
	 * Connect to a server that takes long enough for its pongs to stop a process
	 * meanwhile.
	 * @return the client
	 */
	private ChildProcess connectToSlowServer() {
		this.server.command("delay " + TIMEOUT.toMillis() / 2);
		return connect(Measurement.settings(TIMEOUT));
	}

	/**
	 * Let the client stand still while it waits for the reply to a heartbeat.
	 * @param client the client
	 * @param meanwhile what happens to the server
	 * @return when the client went on
	 */
	private Instant stall(ChildProcess client, Runnable meanwhile) {
		int pings = this.server.lines("ping").size();
		this.server.awaitLines("ping", pings + 2);
		meanwhile.run();
		client.suspend();
		client.forget();
		passUntil(Instant.now().plus(STALL));
		Instant resumed = Instant.now();
		client.resume();
		return resumed;
	}

	private static void report(ChildProcess client, String stall) {
		System.out.printf("== %s | stalls told: %d | ends of a socket: %d%n", stall, client.lines("Stalled").size(),
				client.lines("Disconnected").size());
	}

	private static void passUntil(Instant instant) {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !Instant.now().isBefore(instant));
	}

}
