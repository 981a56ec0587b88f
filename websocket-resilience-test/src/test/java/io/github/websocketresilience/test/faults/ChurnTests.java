package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections that are ended again and again, in every way, and what they leave behind:
 * the client is a process of its own, which holds afterwards what it held before.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
@Execution(ExecutionMode.CONCURRENT)
@EnabledOnOs(value = OS.LINUX, disabledReason = "file descriptors are counted in /proc, and servers have addresses"
		+ " that the loopback interface has on Linux only")
class ChurnTests {

	private static final int ADDRESSES = 4;

	private static final int CONNECTIONS = 20;

	/**
	 * Observations remember the last eight handshakes of a connection, and their ends.
	 */
	private static final int MORE_OBJECTS = 8 * CONNECTIONS;

	private static final Set<String> AT_REST = Set.of("ws-timer", "ws-keep-alive");

	/** Ours end after 10 s, sockets after 3 s. */
	private static final Duration LINGER = Duration.ofSeconds(120);

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	@Test
	@Tag("faults")
	void threeThousandReconnectsLeaveNothingBehind() {
		churn(3000);
	}

	@Test
	@Tag("long")
	void tenThousandReconnectsLeaveNothingBehind() {
		churn(10_000);
	}

	private static void churn(int reconnects) {
		try (Churn churn = new Churn(ADDRESSES);
				Crowd client = Crowd.start("reconnect.delay=10ms", "reconnect.max-delay=10ms",
						"reconnect.reset-after=1s")) {
			client.command("open steady " + CONNECTIONS + " PT60S PT10S " + churn.urls());
			reconnect(churn, client, reconnects / 10);
			Holdings before = settled(client);
			System.out.println("== before   " + before);
			before.assertOneOfEach(CONNECTIONS);
			Instant begin = Instant.now();
			reconnect(churn, client, reconnects);
			report("%d reconnects".formatted(reconnects), begin);
			System.out.println("== at once  " + Holdings.of(client.tell("holdings")));
			begin = Instant.now();
			Holdings after = settled(client);
			report("settled", begin);
			System.out.println("== settled  " + after);
			System.out.println("== classes with more objects: " + after.grown(before, 0));
			after.assertOneOfEach(CONNECTIONS);
			after.assertNoMoreThan(before, MORE_OBJECTS);
			OneSocket.assertAtATime(churn.attempts());
		}
	}

	/**
	 * Those that are found to be silent need heartbeats, which use threads: they are
	 * there no longer than for this.
	 */
	private static void reconnect(Churn churn, Crowd client, int reconnects) {
		churn.begin(reconnects * 9 / 10, reconnects / 10);
		client.command("open " + Churn.BEATING + " " + CONNECTIONS + " PT0.2S PT0.2S " + churn.urls());
		await("all ends").atMost(PATIENCE).pollInterval(Duration.ofMillis(250)).untilAsserted(() -> {
			assertThat(churn.isOver()).isTrue();
			assertEnds(client.tell("ends"), reconnects / 10);
			assertThat(client.count("OPEN")).isEqualTo(2 * CONNECTIONS);
		});
		System.out.println("== " + client.tell("ends"));
		client.command("remove " + Churn.BEATING);
	}

	/**
	 * A busy machine may end more than was asked for, by a heartbeat that is late.
	 */
	private static void assertEnds(JsonNode ends, int tenth) {
		assertThat(ends.path("RECONNECT_REQUESTED").asInt()).isGreaterThanOrEqualTo(3 * tenth);
		assertThat(ends.path("PEER_CLOSED").asInt()).isGreaterThanOrEqualTo(3 * tenth);
		assertThat(ends.path("CONNECTION_LOST").asInt() + ends.path("WRITE_FAILED").asInt())
			.isGreaterThanOrEqualTo(3 * tenth);
		assertThat(ends.path("HEARTBEAT_TIMEOUT").asInt()).isGreaterThanOrEqualTo(tenth);
	}

	private static Holdings settled(Crowd client) {
		client.command("forget");
		return await("idle threads gone").atMost(LINGER)
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> Holdings.of(client.tell("holdings")), (holdings) -> holdings.ours().keySet().equals(AT_REST));
	}

	private static void report(String what, Instant begin) {
		System.out.printf("== %s | %d ms%n", what, Duration.between(begin, Instant.now()).toMillis());
	}

}
