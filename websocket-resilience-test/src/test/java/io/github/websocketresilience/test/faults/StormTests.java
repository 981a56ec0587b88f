package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A thousand connections of one application that lose their server in the same instant,
 * and find it when it is started again.
 */
@Tag("faults")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StormTests {

	private static final int CONNECTIONS = 1000;

	private static final Duration OUTAGE = Duration.ofSeconds(8);

	/** {@code max-delay * (1 + jitter) + connect-timeout}. */
	private static final Duration RECOVERY = Duration.ofSeconds(3 + 5);

	/** What a machine of two processors may be late that has other work. */
	private static final Duration ALLOWANCE = Duration.ofSeconds(5);

	/** The first two delays, then one for each shortest delay at the cap, and one. */
	private static final long MOST_ATTEMPTS = 4 + OUTAGE.toSeconds();

	/** Three groups of 64, a quarter of one to give sockets up, a timer, a keeper. */
	private static final long OUR_THREADS = 3 * 64 + 16 + 2;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer();

	@Test
	void thousandConnectionsFindTheirServerAgainWithoutAStampede() {
		try (this.server;
				Crowd client = Crowd.start("connect-timeout=5s", "reconnect.delay=500ms", "reconnect.max-delay=2s",
						"reconnect.jitter=0.5")) {
			this.server.start();
			client.command("open number " + CONNECTIONS + " PT25S PT10S " + this.server.uri());
			awaitOpen(client);
			System.out.printf("== %d connections open | %d ms%n", CONNECTIONS,
					last(client.times("opened")) - client.times("attempted")[0]);
			client.command("talk");
			awaitTalk();
			client.command("forget");
			long lost = System.currentTimeMillis();
			this.server.stop();
			System.out.printf("== all ended | %d ms%n", System.currentTimeMillis() - lost);
			await().pollDelay(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> true);
			long returned = System.currentTimeMillis();
			this.server.start();
			awaitOpen(client);
			awaitTalk();
			assertSpread(Crowd.since(lost, client.times("attempted")), returned - lost);
			assertRecovery(Crowd.since(returned, client.times("opened")));
			assertOneSocketEach();
			assertFootprint(client);
		}
	}

	private void awaitOpen(Crowd client) {
		await("all OPEN").atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(250))
			.untilAsserted(() -> assertThat(client.count("OPEN")).isEqualTo(CONNECTIONS));
	}

	/**
	 * Wait until the last socket of each has carried messages.
	 */
	private void awaitTalk() {
		await("messages of all").atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
			Collection<List<ServerConnection>> attempts = OneSocket.byPath(this.server.connections()).values();
			return attempts.size() == CONNECTIONS
					&& attempts.stream().allMatch((each) -> each.get(each.size() - 1).texts().size() > 2);
		});
	}

	private static void assertSpread(long[] attempts, long outage) {
		Histogram.print("attempts after the loss; the server is back at %.2f s".formatted(outage / 1000.0), attempts,
				500);
		assertThat(LongStream.of(attempts).filter((at) -> at < outage).count()).as("no hot loop")
			.isBetween((long) CONNECTIONS, CONNECTIONS * MOST_ATTEMPTS);
	}

	private static void assertRecovery(long[] opened) {
		assertThat(opened).hasSize(CONNECTIONS);
		System.out.printf("== half of them open again | %d ms%n", opened[CONNECTIONS / 2]);
		System.out.printf("== all open again | %d ms (%d)%n", last(opened), RECOVERY.toMillis());
		assertThat(Duration.ofMillis(last(opened))).isLessThan(RECOVERY.plus(ALLOWANCE));
	}

	private void assertOneSocketEach() {
		Map<String, List<ServerConnection>> attempts = OneSocket.byPath(this.server.connections());
		long numbers = OneSocket.assertAtATime(this.server.connections());
		System.out.printf("== %d messages, no two sockets of a connection at a time%n", numbers);
		assertThat(attempts.values())
			.allSatisfy((each) -> assertThat(each.stream().filter((attempt) -> !attempt.hasEnded())).hasSize(1));
	}

	private static void assertFootprint(Crowd client) {
		Holdings holdings = Holdings.of(client.tell("holdings"));
		System.out.println("== the client holds " + holdings);
		assertThat(holdings.ours().values().stream().mapToLong(Long::longValue).sum()).as("threads of ours")
			.isLessThanOrEqualTo(OUR_THREADS);
		await("nothing left of other attempts").atMost(PATIENCE)
			.pollInterval(Duration.ofSeconds(1))
			.untilAsserted(() -> Holdings.of(client.tell("holdings")).assertOneOfEach(CONNECTIONS));
	}

	private static long last(long[] times) {
		return times[times.length - 1];
	}

}
