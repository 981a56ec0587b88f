package io.github.websocketresilience.test.faults.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.websocketresilience.test.ServerConnection;
import tools.jackson.databind.JsonNode;

/**
 * Compares what a client says about one of its connections with what the server saw.
 */
final class Judge {

	/** A handshake that had been sent may be read so late by a busy server. */
	private static final Duration UNDER_WAY = Duration.ofSeconds(1);

	/** {@code close-timeout}, 1 s of the promise, and what a busy machine may be late. */
	private static final Duration CLOSING = Duration.ofSeconds(2 + 1 + 7);

	private final Peer peer;

	private final JsonNode ledger;

	private final List<ServerConnection> sockets;

	private final Tally tally;

	private final List<String> problems = new ArrayList<>();

	Judge(Peer peer, JsonNode ledger, Tally tally) {
		this.tally = tally;
		this.peer = peer;
		this.ledger = ledger;
		this.sockets = peer.server().connections().stream().filter(ServerConnection::wasOpened).toList();
	}

	/**
	 * Judge.
	 * @return what broke a promise
	 */
	List<String> problems() {
		this.problems.clear();
		client();
		closes();
		sockets();
		sequence("m");
		sequence("k");
		requests();
		return List.copyOf(this.problems);
	}

	private void client() {
		this.tally.add("seen: attempts to connect", this.peer.server().attempts());
		this.tally.add("seen: sockets opened", this.sockets.size());
		this.tally.add("seen: messages of the servers that listeners got", this.ledger.get("received").asLong());
		this.tally.add("seen: changes of state", this.ledger.get("changes").asLong());
		this.ledger.get("ends").forEachEntry((end, count) -> this.tally.add("end: " + end, count.asLong()));
		this.ledger.get("discarded")
			.forEachEntry((reason, count) -> this.tally.add("discarded: " + reason, count.asLong()));
		this.ledger.get("problems").forEach((problem) -> problem("listener: " + problem.asString()));
		this.ledger.get("eventProblems").forEach((problem) -> problem("events: " + problem.asString()));
		expect(this.ledger.get("wrongReplies").asLong() == 0, "replies of other requests");
		long mayMiss = Settings.mayLoseInbound(this.peer.number())
				? this.ledger.get("discarded").path("LISTENERS_BEHIND").asLong() : 0;
		long missing = this.ledger.get("missing").asLong();
		expect(missing <= mayMiss, missing + " messages missing within sockets, discarded " + mayMiss);
	}

	private void closes() {
		for (JsonNode close : this.ledger.get("closes")) {
			Instant asked = Instant.ofEpochMilli(close.get(0).asLong());
			Instant closed = Instant.ofEpochMilli(close.get(1).asLong());
			Instant started = Instant.ofEpochMilli(close.get(2).asLong());
			this.tally.add("seen: closes of ours", 1);
			this.tally.max("seen: longest of them, ms", Duration.between(asked, closed).toMillis());
			expect(!closed.isAfter(asked.plus(CLOSING)), "close took " + Duration.between(asked, closed));
			expect(attempts(closed.plus(UNDER_WAY), started) == 0, "an attempt after close");
		}
	}

	private long attempts(Instant from, Instant to) {
		return this.peer.server()
			.connections()
			.stream()
			.map((connection) -> connection.request().at())
			.filter((at) -> at.isAfter(from) && at.isBefore(to))
			.count();
	}

	private void sockets() {
		for (ServerConnection socket : this.sockets) {
			expect(socket.forgottenFrames() == 0, "more frames than are kept on " + socket.number());
			List<String> texts = socket.texts();
			if (Settings.logsIn(this.peer.number()) && !texts.isEmpty()) {
				expect(texts.get(0).equals("login"), "first on " + socket.number() + ": " + texts.get(0));
			}
		}
	}

	private void sequence(String kind) {
		String outcomes = this.ledger.get(kind).asString();
		List<Sequence.Socket> seen = this.sockets.stream()
			.map((socket) -> new Sequence.Socket(numbers(socket, kind), socket.closeCode().isPresent()))
			.toList();
		Sequence sequence = new Sequence(outcomes, seen);
		sequence.problems().forEach((problem) -> problem(kind + ": " + problem));
		this.tally.addOutcomes("message", outcomes);
		this.tally.add("seen: messages of ours that arrived", sequence.arrived());
		this.tally.add("seen: messages handed to a socket that broke, and lost", sequence.missing());
	}

	private static List<Integer> numbers(ServerConnection socket, String kind) {
		return socket.texts()
			.stream()
			.filter((text) -> text.startsWith(kind + ":"))
			.map((text) -> Integer.parseInt(text.split(":", 3)[1]))
			.toList();
	}

	private void requests() {
		String outcomes = this.ledger.get("r").asString();
		this.tally.addOutcomes("request", outcomes);
		Map<Integer, Integer> received = new TreeMap<>();
		this.sockets.stream()
			.flatMap((socket) -> socket.texts().stream())
			.filter((text) -> text.contains("\"r\":"))
			.forEach((text) -> received.merge(Integer.parseInt(PeerSocket.value(text, "r")), 1, Integer::sum));
		received.forEach((number, times) -> {
			expect(times == 1, "request " + number + " came " + times + " times");
			expect(Outcomes.mayHaveBeenWritten(outcomes.charAt(number)), "request " + number + " came: " + outcomes);
		});
		expect(outcomes.indexOf(Outcomes.PENDING) < 0 && outcomes.indexOf(Outcomes.FOREIGN) < 0,
				"futures of requests: " + outcomes);
	}

	private void expect(boolean condition, String problem) {
		if (!condition) {
			problem(problem);
		}
	}

	private void problem(String problem) {
		this.problems.add(this.peer.name() + ": " + problem);
	}

}
