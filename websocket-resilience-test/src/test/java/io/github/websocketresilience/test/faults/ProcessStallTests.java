package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Processes that stand still for a while and go on: the server's, and our own.
 */
@Tag("faults")
@EnabledOnOs(OS.LINUX)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessStallTests {

	private static final Duration STALL = Measurement.DETECTION.multipliedBy(2);

	/** Of our own process; see {@link #OWN_STALL}. */
	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/** Longer than the timeout by more than half the interval. */
	private static final Duration OWN_STALL = TIMEOUT.plusSeconds(2);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private FaultServer server;

	private @Nullable ChildProcess started;

	private int socket;

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
		assertThat(this.server.awaitTextsAfter(this.socket)).isGreaterThan(this.socket);
		this.server.assertOneSocketAtATime();
	}

	@Test
	void ownProcessThatStoodStillKeepsASocketWhoseServerAnswers() {
		ChildProcess client = connect(Measurement.settings(TIMEOUT));
		stopAtNextPing(client);
		this.server.command("answer");
		this.server.command("feed");
		goOnAfterStall(client);
		this.server.command("calm");
		int answered = client.lines("HeartbeatAnswered").size();
		client.awaitLines("HeartbeatAnswered", answered + 2);
		report(client, "own process stands still, server lives");
		assertStays(client);
	}

	@Test
	void ownProcessThatStoodStillKeepsASocketWhoseServerStoodStillToo() {
		ChildProcess client = connect(Measurement.settings(TIMEOUT));
		stopAtNextPing(client, this.server);
		goOnAfterStall(client);
		this.server.resume();
		this.server.command("answer");
		client.awaitLines("HeartbeatAnswered", 2);
		report(client, "own process and server stand still");
		assertStays(client);
	}

	@Test
	void ownProcessThatStoodStillGivesADeadServerItsTimeOnceMore() {
		ChildProcess client = connect(Measurement.settings(TIMEOUT));
		stopAtNextPing(client, this.server);
		Instant resumed = goOnAfterStall(client);
		Instant end = Instant.ofEpochMilli(client.awaitLines("Disconnected", 1).get(0).get("at").asLong());
		report(client, "own process stands still, server dead");
		assertThat(client.lines("Disconnected").get(0).get("kind").asString()).isEqualTo("HEARTBEAT_TIMEOUT");
		// None if it was stopped in the middle of a write: that time is the write's.
		assertThat(client.lines("Stalled")).hasSizeLessThanOrEqualTo(1);
		assertThat(Duration.between(resumed, end)).isBetween(TIMEOUT.dividedBy(2), TIMEOUT.plusSeconds(10));
	}

	private ChildProcess connect(String... properties) {
		ChildProcess client = FaultClient.start(List.of(), List.of(), this.server.url(), properties);
		this.started = client;
		this.socket = this.server.awaitTextsAfter(0);
		client.forget();
		return client;
	}

	/**
	 * Let the client stand still while it waits for the reply to a heartbeat. The server
	 * does it, with the heartbeat unanswered in its hands and after messages that show
	 * that the client began to wait: whatever else the machine does, the client stops in
	 * the middle of that.
	 * @param client the client
	 * @param others who stand still with it
	 */
	private void stopAtNextPing(ChildProcess client, ChildProcess... others) {
		List<ChildProcess> stopped = Stream.concat(Stream.of(client), Arrays.stream(others)).toList();
		client.awaitLines("HeartbeatAnswered", 1);
		this.server.command("stop "
				+ stopped.stream().map((process) -> Long.toString(process.pid())).collect(Collectors.joining(" ")));
		stopped.forEach(ChildProcess::awaitSuspended);
		assertThat(client.lines("Disconnected")).isEmpty();
		client.forget();
	}

	private static Instant goOnAfterStall(ChildProcess client) {
		passUntil(Instant.now().plus(OWN_STALL));
		Instant resumed = Instant.now();
		client.resume();
		return resumed;
	}

	private void assertStays(ChildProcess client) {
		assertThat(client.lines("Disconnected")).isEmpty();
		assertThat(this.server.awaitTextsAfter(this.socket - 1)).isEqualTo(this.socket);
	}

	private static void report(ChildProcess client, String stall) {
		System.out.printf("== %s | stalls told: %d | ends of a socket: %d%n", stall, client.lines("Stalled").size(),
				client.lines("Disconnected").size());
	}

	private static void passUntil(Instant instant) {
		await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !Instant.now().isBefore(instant));
	}

}
