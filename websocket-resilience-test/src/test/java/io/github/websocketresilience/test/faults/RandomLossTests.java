package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.websocketresilience.test.interoperability.ChildProcess;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A network that loses single packets, or all for a moment, while both sides send: what
 * arrives arrives in order and without a gap on each socket, and once nothing is lost any
 * more a socket stays.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RandomLossTests {

	private static final String PORT = "7000";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final Duration BOUND = Measurement.DETECTION.plus(Measurement.RECOVERY).plus(Measurement.ALLOWANCE);

	private static final Duration TROUBLE = Duration.ofSeconds(5);

	@ParameterizedTest
	@CsvSource({ "10, 4711", "30, 4712", "60, 4713" })
	void whatArrivesWhilePacketsAreLostIsInOrderAndWithoutAGap(int percent, long seed) {
		try (Network network = Network.create();
				LossyRouter router = LossyRouter.on(network, seed);
				FaultServer server = FaultServer.start(network.onServer(), PORT, "0.0.0.0")) {
			server.command("feed");
			try (ChildProcess client = FaultClient.start(network.onClient(), List.of(), url(network),
					Measurement.settings())) {
				client.awaitLines("message", 1);
				router.lose(percent);
				pass(TROUBLE);
				String lost = router.count();
				router.lose(0);
				Duration recovered = awaitSocketThatStays(client, Instant.now());
				server.awaitLines("text", server.lines("text").size() + 5);
				client.awaitLines("message", client.lines("message").size() + 5);
				System.out.printf("== %d %% of packets lost for %d s (%s) | sockets: %d | open again %d ms after it%n",
						percent, TROUBLE.toSeconds(), lost, client.lines("Opened").size(), recovered.toMillis());
				assertThat(recovered).isLessThan(BOUND);
				server.assertOneSocketAtATime();
				server.numbersBySocket().values().forEach((numbers) -> assertWithoutGap(numbers, numbers.get(0)));
				assertOrderOfSockets(client);
			}
		}
	}

	/** Its timeouts are longer than an interruption may become on a busy machine. */
	@Test
	void shortInterruptionsAreLeftToTcp() {
		try (Network network = Network.create();
				FaultServer server = FaultServer.start(network.onServer(), PORT, "0.0.0.0");
				ChildProcess client = FaultClient.start(network.onClient(), List.of(), url(network),
						Measurement.settings(Duration.ofSeconds(5)))) {
			int socket = server.awaitTextsAfter(0);
			client.forget();
			for (int i = 0; i < 5; i++) {
				network.losePacketsOfClient();
				network.losePacketsOfServer();
				pass(Duration.ofMillis(300));
				network.heal();
				pass(Duration.ofMillis(700));
			}
			System.out.println("== all packets lost both ways for 300 ms of each second | not an end | -");
			assertThat(client.lines("Disconnected")).isEmpty();
			assertThat(server.awaitTextsAfter(socket - 1)).isEqualTo(socket);
			server.numbersBySocket().values().forEach((numbers) -> assertWithoutGap(numbers, numbers.get(0)));
		}
	}

	/**
	 * Wait for a socket that stays for longer than it takes to give one up.
	 * @param client the client
	 * @param healed when the last packet was lost
	 * @return how long after it the socket was opened, zero if it was there before
	 */
	private static Duration awaitSocketThatStays(ChildProcess client, Instant healed) {
		Duration stays = Measurement.DETECTION.multipliedBy(2);
		await().atMost(PATIENCE)
			.until(() -> Instant.now().isAfter(healed.plus(stays))
					&& !last(client, "Opened").plus(stays).isAfter(Instant.now())
					&& !last(client, "Disconnected").isAfter(last(client, "Opened")));
		Duration after = Duration.between(healed, last(client, "Opened"));
		return after.isNegative() ? Duration.ZERO : after;
	}

	private static String url(Network network) {
		return "ws://" + network.serverAddress() + ":" + PORT;
	}

	private static Instant last(ChildProcess client, String event) {
		return client.lines(event)
			.stream()
			.map((line) -> Instant.ofEpochMilli(line.get("at").asLong()))
			.reduce(Instant.EPOCH, (first, second) -> second);
	}

	/**
	 * The server numbers what it sends on each socket.
	 */
	private static void assertOrderOfSockets(ChildProcess client) {
		List<String[]> texts = client.lines("message")
			.stream()
			.map((line) -> line.get("text").asString().split(":"))
			.toList();
		assertThat(texts.stream().map((text) -> Integer.parseInt(text[0]))).as("sockets, as messages came").isSorted();
		Map<String, List<Integer>> numbers = texts.stream()
			.collect(Collectors.groupingBy((text) -> text[0],
					Collectors.mapping((text) -> Integer.parseInt(text[1]), Collectors.toList())));
		numbers.values().forEach((ofSocket) -> assertWithoutGap(ofSocket, 0));
	}

	private static void assertWithoutGap(List<Integer> numbers, int first) {
		assertThat(numbers).isEqualTo(IntStream.range(first, first + numbers.size()).boxed().toList());
	}

	private static void pass(Duration time) {
		await().pollDelay(time).atMost(time.plus(PATIENCE)).until(() -> true);
	}

}
