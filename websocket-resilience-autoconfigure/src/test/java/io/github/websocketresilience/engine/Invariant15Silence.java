package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionState;

/**
 * The silence of a feed is told exactly {@code max-silence} after the last message, the
 * open or the return of the reader; once; and never while messages come. A reply to a
 * text heartbeat may be a message.
 */
final class Invariant15Silence implements Invariant {

	private int seen;

	private int attempt;

	private int toldOn;

	private long toldAt;

	@Override
	public boolean isExact() {
		return true;
	}

	@Override
	public void check(Simulation simulation) {
		Duration longest = simulation.settings().inbound().maxSilence();
		for (; this.seen < simulation.observed().size(); this.seen++) {
			ConnectionEvent event = simulation.observed().get(this.seen);
			if (event instanceof ConnectionEvent.Attempted) {
				this.attempt++;
			}
			else if (event instanceof ConnectionEvent.FeedSilent silent) {
				Invariant.require(longest != null && silent.silence().equals(longest), "15: %s", silent);
				told(simulation, simulation.time().elapsedAt(silent.at()), silent.silence().toNanos());
			}
		}
		if (longest != null && simulation.connection().state() == ConnectionState.OPEN) {
			open(simulation, simulation.network().socket(), longest.toNanos());
		}
	}

	private void told(Simulation simulation, long at, long silence) {
		SimulatedSocket socket = simulation.network().attempts().get(this.attempt - 1).socket();
		long begin = at - silence;
		Invariant.require(heard(simulation, socket, true).anyMatch((heard) -> heard == begin),
				"15: silence is told at %s, nothing was heard at %s", at, begin);
		Invariant.require(heard(simulation, socket, false).noneMatch((heard) -> heard > begin && heard < at),
				"15: silence is told at %s, though something was heard after %s", at, begin);
		Invariant.require(!socket.vitals().wasAwayAt(at), "15: silence is told at %s while the reader was away", at);
		boolean again = this.toldOn == socket.number();
		Invariant.require(!again || messages(simulation, socket, true).anyMatch((heard) -> heard >= this.toldAt),
				"15: silence is told twice");
		this.toldOn = socket.number();
		this.toldAt = at;
	}

	private static void open(Simulation simulation, SimulatedSocket socket, long longest) {
		long now = simulation.now();
		boolean told = simulation.snapshot().silentSince() != null;
		boolean overdue = heard(simulation, socket, true).noneMatch((heard) -> now - heard <= longest);
		Invariant.require(!overdue || told || socket.isAway() || socket.isEnded(), "15: silence is not told");
		Invariant.require(
				!overdue || socket.isAway() || simulation.settings().inbound().onSilence() == OnSilence.REPORT,
				"15: silent and still open");
		boolean fresh = Stream.concat(Stream.of(socket.openedAt()), messages(simulation, socket, false))
			.anyMatch((heard) -> now - heard < longest);
		Invariant.require(!fresh || !told, "15: told though not silent");
	}

	/**
	 * Return when something could have been heard at the latest, had it been said.
	 */
	private static Stream<Long> heard(Simulation simulation, SimulatedSocket socket, boolean possibly) {
		Stream<Long> reader = Stream.concat(Stream.of(socket.openedAt()), socket.vitals().backsAt().stream());
		return Stream.concat(reader, messages(simulation, socket, possibly));
	}

	private static Stream<Long> messages(Simulation simulation, SimulatedSocket socket, boolean possibly) {
		List<Long> messages = socket.vitals().messagesAt();
		boolean repliesCount = possibly && simulation.settings().heartbeat().message() != null;
		return Stream.concat(messages.stream(), repliesCount ? socket.vitals().repliesAt().stream() : Stream.of());
	}

}
