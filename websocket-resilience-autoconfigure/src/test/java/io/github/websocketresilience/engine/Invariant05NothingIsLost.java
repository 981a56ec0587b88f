package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.engine.SimulatedNetwork.Written;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;

/**
 * What was accepted is delivered, failed, discarded or queued, always. Messages are taken
 * by one writer at a time, never twice, and not in a later run; first messages precede
 * everything on their socket; a future says what really became of its message.
 */
final class Invariant05NothingIsLost implements Invariant {

	private static final List<DiscardReason> INBOUND = List.of(DiscardReason.LISTENERS_BEHIND,
			DiscardReason.SOCKET_ENDED, DiscardReason.CLOSE_DEADLINE);

	private final Set<Integer> taken = new HashSet<>();

	private final Set<Integer> flushed = new HashSet<>();

	private final Map<Integer, Integer> framesOf = new HashMap<>();

	private int takenSeen;

	private int flushedSeen;

	private int fatesSeen;

	private int controlBefore;

	@Override
	public void check(Simulation simulation) {
		outbound(simulation);
		inbound(simulation);
		for (; this.takenSeen < simulation.network().taken().size(); this.takenSeen++) {
			taken(simulation, simulation.network().taken().get(this.takenSeen));
		}
		for (; this.flushedSeen < simulation.network().flushed().size(); this.flushedSeen++) {
			this.flushed.add(SentMessages.numberIn(simulation.network().flushed().get(this.flushedSeen).frame()));
		}
		fates(simulation);
		this.controlBefore = simulation.connection().control();
		long writers = simulation.network()
			.attempts()
			.stream()
			.filter((attempt) -> attempt.socket().writer().isRunning())
			.count();
		Invariant.require(writers <= 1, "5: %s writers at once", writers);
	}

	private static void outbound(Simulation simulation) {
		ConnectionSnapshot snapshot = simulation.snapshot();
		long discarded = 0;
		for (DiscardReason reason : DiscardReason.values()) {
			discarded += INBOUND.contains(reason) ? 0 : simulation.connection().discarded(reason);
		}
		int sends = simulation.user().sent().count() + simulation.user().requests().accepted();
		Invariant.require(sends == snapshot.sent().messages() + discarded + snapshot.queue().messages(),
				"5: %s messages were sent by the user; %s handed over, %s discarded, %s queued", sends,
				snapshot.sent().messages(), discarded, snapshot.queue().messages());
		if (simulation.workers().pending(Group.COMPLETIONS) == 0) {
			Set<Integer> unfinished = simulation.user().unfinished();
			int requests = simulation.user().requests().accepted();
			Invariant.require(
					unfinished.size() <= snapshot.queue().messages()
							&& snapshot.queue().messages() <= unfinished.size() + requests,
					"5: %s futures are unfinished, %s messages queued", unfinished.size(), snapshot.queue().messages());
			long timeToLive = simulation.settings().outbound().timeToLive().toNanos();
			long old = unfinished.stream()
				.takeWhile((number) -> simulation.time()
					.runningSince(simulation.user().sent().get(number).at()) > timeToLive)
				.count();
			Invariant.require(old <= simulation.connection().writing().messages(),
					"5: %s messages wait for longer than their time-to-live", old);
		}
	}

	private static void inbound(Simulation simulation) {
		long offered = 0;
		long replies = 0;
		for (SimulatedAttempt attempt : simulation.network().attempts()) {
			offered += attempt.socket().vitals().messages();
			replies += attempt.socket().vitals().replies();
		}
		long accounted = simulation.user().delivered() + simulation.connection().inbound().messages();
		for (DiscardReason reason : INBOUND) {
			accounted += simulation.connection().discarded(reason);
		}
		long received = simulation.snapshot().received().messages();
		SimulatedRequests requests = simulation.user().requests();
		long answers = received - accounted;
		Invariant.require(answers >= requests.recognized() && answers <= requests.recognized() + requests.doubtful(),
				"5: %s messages were received, %s are accounted for, and %s replies", received, accounted,
				requests.recognized());
		boolean pings = simulation.settings().heartbeat().message() == null;
		Invariant.require(received >= offered && received <= (pings ? offered : offered + replies),
				"5: %s messages and %s replies were read, %s received", offered, replies, received);
	}

	private void taken(Simulation simulation, Written written) {
		int before = this.framesOf.merge(written.socket(), 1, Integer::sum) - 1;
		List<String> first = simulation.network().attempts().get(written.socket() - 1).firstMessages();
		if (before < first.size()) {
			Invariant.require(
					written.frame() instanceof Transport.Frame.Text text && text.text().equals(first.get(before)),
					"5: frame %s of socket %s is not its first message", before, written.socket());
		}
		int number = SentMessages.numberIn(written.frame());
		if (number >= 0) {
			Invariant.require(this.taken.add(number), "5: u%s is taken twice", number);
			SentMessages.Sent sent = simulation.user().sent().get(number);
			Invariant.require(sent.run() == simulation.runOf(written.socket()), "5: u%s of run %s is taken in run %s",
					number, sent.run(), simulation.runOf(written.socket()));
			Invariant.require(this.controlBefore == 0 || written.socket() != simulation.network().socket().number(),
					"5: u%s is taken before a control frame", number);
			long age = written.at() - sent.at();
			boolean isRequest = written.frame() instanceof Transport.Frame.Text text && text.text().startsWith("{");
			Duration longest = isRequest ? simulation.settings().request().timeout()
					: simulation.settings().outbound().timeToLive();
			Invariant.require(age < longest.toNanos(), "5: u%s is written after its time-to-live", number);
		}
	}

	private void fates(Simulation simulation) {
		List<SentMessages.Fate> fates = simulation.user().sent().fates();
		for (; this.fatesSeen < fates.size(); this.fatesSeen++) {
			SentMessages.Fate fate = fates.get(this.fatesSeen);
			boolean wasTaken = this.taken.contains(fate.number());
			boolean wasFlushed = this.flushed.contains(fate.number());
			boolean honest = (fate.reason() == null) ? wasFlushed
					: (fate.reason() == Reason.LOST_IN_FLIGHT) ? wasTaken && !wasFlushed : !wasTaken;
			Invariant.require(honest, "5: the future of u%s says %s; taken is %s, handed over is %s", fate.number(),
					fate.reason(), wasTaken, wasFlushed);
		}
	}

}
