package io.github.websocketresilience.test.faults.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.websocketresilience.test.ServerConnection;
import io.github.websocketresilience.test.interoperability.ChildProcess;
import tools.jackson.databind.JsonNode;

import static org.awaitility.Awaitility.await;

/**
 * One run: servers here, the client in a process of its own, and faults in between.
 */
final class Soak implements AutoCloseable {

	private static final int CONNECTIONS = 20;

	private static final String WARM = "after the warm-up";

	private static final String CLOSED = "all closed";

	private static final String END = "at the end";

	/** What a busy machine may be late. */
	private static final Duration ALLOWANCE = Duration.ofSeconds(10);

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<Peer> peers = IntStream.range(0, CONNECTIONS).mapToObj(Peer::new).toList();

	private final ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();

	private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

	private final Map<String, Usage> usages = new LinkedHashMap<>();

	private final List<String> problems = new ArrayList<>();

	private final Tally tally = new Tally();

	private final Pace pace;

	private final Path log;

	private final Random random;

	private final Deck deck;

	private final ChildProcess client;

	private final Stage stage;

	Soak(Pace pace, Path directory) {
		this.pace = pace;
		this.random = new Random(pace.seed());
		this.deck = new Deck(this.random);
		this.log = directory.resolve("soak-client.log");
		try {
			Files.createDirectories(directory);
			Files.deleteIfExists(this.log);
			this.client = Client.start(Settings.write(this.peers, directory), this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.stage = new Stage(this.peers, this.client, this.random);
		this.feeder.scheduleWithFixedDelay(() -> this.peers.forEach(Peer::feed), 0, 100, TimeUnit.MILLISECONDS);
	}

	/**
	 * Run to the end.
	 * @return what broke a promise
	 */
	List<String> run() {
		awaitOpen();
		inflict(this.pace.warmUp(), 0);
		settle(WARM);
		inflict(this.pace.duration(), Deck.size());
		settle(END);
		this.stage.command("rest");
		await("all futures").atMost(PATIENCE.multipliedBy(2))
			.pollInterval(Duration.ofMillis(200))
			.until(() -> ask("pending").get("count").asInt() == 0);
		if (this.pace.rests()) {
			closeAndStart();
		}
		judge();
		return List.copyOf(this.problems);
	}

	private void inflict(Duration time, int least) {
		Instant begin = Instant.now();
		Instant nextSample = begin.plus(this.pace.sample());
		while (Instant.now().isBefore(begin.plus(time)) || inflicted() < least) {
			this.stage.doWhatIsDue();
			inflict();
			if (Instant.now().isAfter(nextSample)) {
				sample("after %d min".formatted(Duration.between(begin, nextSample).toMinutes()));
				nextSample = nextSample.plus(this.pace.sample());
			}
			this.stage.pause(this.pace.interval());
		}
	}

	private void inflict() {
		List<Peer> ready = this.peers.stream()
			.filter((peer) -> !peer.isUntouchable() && peer.soundSocket() != null)
			.toList();
		if (ready.isEmpty()) {
			return;
		}
		Peer peer = ready.get(this.random.nextInt(ready.size()));
		PeerSocket socket = peer.soundSocket();
		if (socket != null) {
			Fault fault = this.deck.draw();
			this.faults.merge(fault, 1, Integer::sum);
			fault.inflict(this.stage, peer, socket);
		}
	}

	private int inflicted() {
		return this.faults.values().stream().mapToInt(Integer::intValue).sum();
	}

	private void settle(String sample) {
		this.stage.doTheRest();
		this.peers.forEach(Peer::heal);
		Duration open = awaitOpen();
		this.tally.max("seen: longest time until all were open again, ms", open.toMillis());
		if (open.compareTo(Settings.OPEN_AGAIN.plus(ALLOWANCE)) > 0) {
			this.problems.add("all open again after " + open);
		}
		this.stage.pause(this.pace.settling());
		sample(sample);
	}

	/**
	 * What is in use while nothing is: threads that have something to do now and then
	 * stay.
	 */
	private void closeAndStart() {
		this.peers.forEach((peer) -> this.stage.command("close %s", peer.name()));
		this.stage.pause(this.pace.settling());
		sample(CLOSED);
		this.peers.forEach((peer) -> this.stage.command("start %s", peer.name()));
		awaitOpen();
	}

	private Duration awaitOpen() {
		Instant begin = Instant.now();
		await("all open").atMost(PATIENCE.multipliedBy(2))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> ask("states").get("states")
				.valueStream()
				.filter((it) -> it.asString().equals("OPEN"))
				.count() == CONNECTIONS);
		return Duration.between(begin, Instant.now());
	}

	private void sample(String name) {
		this.usages.put(name, Usage.of(ask("usage")));
	}

	private JsonNode ask(String command) {
		JsonNode answer = this.client.ask(command);
		this.client.forget();
		return answer;
	}

	private void judge() {
		Map<Peer, JsonNode> ledgers = new LinkedHashMap<>();
		this.peers.forEach((peer) -> ledgers.put(peer, ask("ledger " + peer.name())));
		Instant begin = Instant.now();
		this.client.command("end");
		this.client.awaitLines("ended", 1);
		this.tally.max("seen: end of the application with all open, ms",
				Duration.between(begin, Instant.now()).toMillis());
		ledgers.forEach((peer, ledger) -> {
			this.problems.addAll(new Judge(peer, ledger, this.tally).problems());
			farewell(peer);
		});
		ClientLog log = new ClientLog(this.log);
		this.problems.addAll(log.errors());
		if (log.records() > this.tally.get("seen: changes of state")) {
			this.problems.add("%d records in the log, more than changes of state".formatted(log.records()));
		}
		this.problems.addAll(this.usages.get(END).growthSince(this.usages.get(WARM), this.pace));
		if (this.usages.containsKey(CLOSED)) {
			this.problems.addAll(this.usages.get(CLOSED).leftSince(this.usages.get(WARM), CONNECTIONS));
		}
		write(log);
	}

	private void write(ClientLog log) {
		Report report = new Report();
		report.title(this.pace, CONNECTIONS, inflicted());
		report.verdict(this.problems);
		report.faults(this.faults);
		report.numbers("what became of messages", this.tally.below("message"));
		report.numbers("what became of requests", this.tally.below("request"));
		report.numbers("why attempts and sockets ended", this.tally.below("end"));
		report.numbers("discarded", this.tally.below("discarded"));
		report.table("seen", "number");
		this.tally.below("seen").forEach(report::row);
		for (String level : List.of("ERROR", "WARN", "INFO")) {
			report.row("log, " + level + " of ours", log.records(level, true));
			report.row("log, " + level + " of others", log.records(level, false));
		}
		report.usages(this.usages);
		report.settings(CONNECTIONS);
		try {
			Files.write(this.log.resolveSibling("soak-report.md"), report.lines());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void farewell(Peer peer) {
		List<ServerConnection> sockets = peer.server().connections();
		ServerConnection last = sockets.get(sockets.size() - 1);
		int code = last.awaitClose(PATIENCE);
		if (code != 1000 && code != 1001) {
			this.problems.add(peer.name() + ": left with " + code);
		}
	}

	@Override
	public void close() {
		this.client.close();
		this.feeder.shutdownNow();
		this.peers.forEach(Peer::close);
	}

}
