package io.github.websocketresilience.sample.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.sample.interoperability.ChildProcess;
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
class StallTests {

	private static final Duration STALL = Measurement.DETECTION.multipliedBy(2);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private FaultServer server;

	private ChildProcess client;

	@BeforeEach
	void connect() {
		this.server = FaultServer.start();
		this.client = FaultClient.start(List.of(), List.of(), this.server.url(), Measurement.SETTINGS);
		this.server.awaitTextsAfter(0);
	}

	@AfterEach
	void disconnect() {
		if (this.client != null) {
			this.client.close();
		}
		this.server.close();
	}

	@Test
	void serverThatStandsStillIsGivenUpAndFoundAgain() {
		Measurement measurement = new Measurement("server stands still for twice the detection", this.client);
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
		this.server.command("delay 300");
		stall(() -> this.server.command("feed"));
		this.server.command("calm");
		int answered = this.client.lines("HeartbeatAnswered").size();
		this.client.awaitLines("HeartbeatAnswered", answered + 2);
		report("own process stands still, server lives");
		assertThat(this.client.lines("Disconnected")).isEmpty();
		assertThat(this.server.lines("open")).hasSize(1);
	}

	@Test
	void ownProcessThatStoodStillKeepsASocketWhoseServerStoodStillToo() {
		this.server.command("delay 300");
		stall(this.server::suspend);
		this.client.awaitLines("Stalled", 1);
		this.server.resume();
		this.client.awaitLines("HeartbeatAnswered", 1);
		report("own process and server stand still");
		assertThat(this.client.lines("Disconnected")).isEmpty();
		assertThat(this.server.lines("open")).hasSize(1);
	}

	@Test
	void ownProcessThatStoodStillGrantsOneMoreHeartbeatToADeadServer() {
		this.server.command("delay 300");
		Instant resumed = stall(this.server::suspend);
		this.client.awaitLines("Stalled", 1);
		Instant end = Instant.ofEpochMilli(this.client.awaitLines("Disconnected", 1).get(0).get("at").asLong());
		report("own process stands still, server dead");
		assertThat(this.client.lines("Disconnected").get(0).get("kind").asString()).isEqualTo("HEARTBEAT_TIMEOUT");
		assertThat(this.client.lines("Stalled")).hasSize(1);
		assertThat(Duration.between(resumed, end)).isBetween(Duration.ZERO,
				Measurement.DETECTION.plus(Duration.ofSeconds(3)));
	}

	/**
	 * Let the client stand still while it waits for the reply to a heartbeat.
	 * @param meanwhile what happens to the server
	 * @return when the client went on
	 */
	private Instant stall(Runnable meanwhile) {
		int pings = this.server.lines("ping").size();
		this.server.awaitLines("ping", pings + 2);
		meanwhile.run();
		this.client.suspend();
		this.client.forget();
		passUntil(Instant.now().plus(STALL));
		Instant resumed = Instant.now();
		this.client.resume();
		return resumed;
	}

	private void report(String stall) {
		System.out.printf("== %s | stalls told: %d | ends of a socket: %d%n", stall,
				this.client.lines("Stalled").size(), this.client.lines("Disconnected").size());
	}

	private static void passUntil(Instant instant) {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !Instant.now().isBefore(instant));
	}

}
