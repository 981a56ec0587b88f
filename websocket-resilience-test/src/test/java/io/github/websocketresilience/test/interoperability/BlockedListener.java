package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A listener that blocks for some time under a server that sends as fast as it can, in a
 * JVM with a heap of 128 MiB.
 */
final class BlockedListener {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** The application itself needs 15 MiB, and 8 MB may wait, small messages mostly. */
	private static final int HEAP_KIB = 64 * 1024;

	/** Besides its silence: {@code ws} drops a client that leaves 60 pongs unread. */
	private static final int HEARTBEATS = 30;

	private final Duration blocked;

	private final List<JsonNode> reports = new ArrayList<>();

	BlockedListener(Duration blocked) {
		this.blocked = blocked;
	}

	/**
	 * The server does not care about silence: the socket must stay and lose nothing.
	 */
	void keepsItsSocket() {
		try (NodeServer server = NodeServer.start("load.js", 0);
				ChildProcess client = BlockingClient.start(server.url(), interval(), "heartbeat.timeout=2s",
						"inbound.capacity=100000")) {
			block(server, client);
			assertThat(last().get("paused").asBoolean()).isTrue();
			assertThat(server.lines("ping")).as("heartbeats that nobody judges").hasSizeGreaterThan(1);
			client.command("unblock");
			JsonNode sent = server.ask("calm").get("sent");
			awaitAll(client, sent);
			show("server that does not care", client);
			assertThat(last().get("attempt").asInt()).isEqualTo(1);
			assertThat(last().get("disconnects")).isEmpty();
			assertThat(last().get("discarded").asInt()).isZero();
			assertThat(server.lines("open")).hasSize(1);
			assertSound();
		}
	}

	/**
	 * The server drops clients that do not answer its pings: the reason must be plain,
	 * and the connection must be alive afterwards.
	 * @param silence how long the server bears it, at most
	 */
	void isDroppedForItsSilenceAndGoesOn(Duration silence) {
		try (NodeServer server = NodeServer.start("load.js", 0);
				ChildProcess client = BlockingClient.start(server.url(), interval(), "heartbeat.timeout=2s",
						"reconnect.delay=200ms", "reconnect.max-delay=200ms")) {
			server.command("reap " + silence.toMillis() / 2);
			block(server, client);
			client.command("unblock");
			int socket = server.lines("open").size();
			await("message of a live socket").atMost(PATIENCE)
				.until(() -> counts(report(client).get("messages")).keySet()
					.stream()
					.anyMatch((it) -> Integer.parseInt(it) >= socket));
			server.ask("calm");
			await().atMost(PATIENCE).until(() -> report(client).get("state").asString().equals("OPEN"));
			show("server that drops the silent", client);
			JsonNode first = last().get("disconnects").get(0);
			assertThat(first.get("kind").asString()).isEqualTo("CONNECTION_LOST");
			assertThat(first.get("pausedFor").asLong()).isGreaterThan(silence.toMillis() / 4);
			assertSound();
		}
	}

	private String interval() {
		return "heartbeat.interval=" + Math.max(1, this.blocked.toSeconds() / HEARTBEATS) + "s";
	}

	private void block(NodeServer server, ChildProcess client) {
		client.command("block");
		server.command("flood");
		await().pollInterval(Duration.ofSeconds(1))
			.atMost(PATIENCE)
			.until(() -> report(client).get("paused").asBoolean());
		await().pollInterval(Duration.ofSeconds(1))
			.atMost(this.blocked.plus(PATIENCE))
			.during(this.blocked)
			.until(() -> report(client).get("heap").asInt() < HEAP_KIB);
	}

	private void awaitAll(ChildProcess client, JsonNode sent) {
		await().atMost(PATIENCE)
			.untilAsserted(() -> assertThat(counts(report(client).get("messages"))).as("delivered, see %s", last())
				.isEqualTo(counts(sent)));
	}

	private JsonNode report(ChildProcess client) {
		JsonNode report = client.ask("report");
		this.reports.add(report);
		return report;
	}

	private JsonNode last() {
		return this.reports.get(this.reports.size() - 1);
	}

	private void assertSound() {
		assertThat(last().get("faults")).isEmpty();
		assertThat(most("heap")).isLessThan(HEAP_KIB);
	}

	private void show(String server, ChildProcess client) {
		JsonNode report = report(client);
		System.out.printf("== listener blocked for %s, %s: at most %d KiB of heap after a collection, %d waiting; %s%n",
				this.blocked, server, most("heap"), most("waiting"), report);
	}

	private int most(String value) {
		return this.reports.stream().mapToInt((report) -> report.get(value).asInt()).max().orElseThrow();
	}

	private static Map<String, Long> counts(JsonNode counts) {
		return StreamSupport.stream(counts.propertyNames().spliterator(), false)
			.collect(Collectors.toMap((socket) -> socket, (socket) -> counts.get(socket).asLong()));
	}

}
