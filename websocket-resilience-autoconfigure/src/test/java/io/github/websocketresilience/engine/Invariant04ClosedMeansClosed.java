package io.github.websocketresilience.engine;

import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;

/**
 * Closed means closed: no queued message, no event after {@code closed}, no unfinished
 * future but those in a writer's hands, and those for 1 s at most. Closing takes no
 * longer than its timeout, and a stop no longer than that and the writer's second.
 */
final class Invariant04ClosedMeansClosed implements Invariant {

	private static final long WRITER_RETURNS = TimeUnit.SECONDS.toNanos(1);

	private ConnectionState before = ConnectionState.IDLE;

	private long since;

	private int seen;

	private boolean closedSeen;

	@Override
	public void check(Simulation simulation) {
		ConnectionState state = simulation.connection().state();
		if (state != this.before) {
			this.before = state;
			this.since = simulation.now();
		}
		for (; this.seen < simulation.observed().size(); this.seen++) {
			ConnectionEvent event = simulation.observed().get(this.seen);
			// Failures of listeners are told to observers even then.
			Invariant.require(!this.closedSeen || event instanceof ConnectionEvent.Attempted
					|| event instanceof ConnectionEvent.ListenerFailed, "4: %s after closed", event);
			this.closedSeen = event instanceof ConnectionEvent.Closed
					|| (this.closedSeen && event instanceof ConnectionEvent.ListenerFailed);
		}
		Invariant.require(simulation.workers().retained() == (state.isActive() ? 1 : 0), "4: retained %s times in %s",
				simulation.workers().retained(), state);
		long closeTimeout = simulation.settings().closeTimeout().toNanos();
		Invariant.require(
				state != ConnectionState.CLOSING || simulation.time().runningSince(this.since) <= closeTimeout,
				"4: closing takes longer than its timeout");
		if (state == ConnectionState.CLOSED) {
			closed(simulation);
		}
	}

	private static void stopped(Simulation simulation, SimulatedUser.Stop stop) {
		long bound = simulation.settings().closeTimeout().toNanos() + WRITER_RETURNS;
		boolean late = simulation.time().runningSince(stop.at()) > bound;
		Invariant.require(!late || stop.future().isDone() || stop.starts() != simulation.user().starts(),
				"4: not stopped at the delivery deadline, nor when the writer must have returned");
	}

	private void closed(Simulation simulation) {
		long held = simulation.connection().writing().messages();
		Invariant.require(simulation.snapshot().queue().messages() == held,
				"4: %s messages are queued, %s of them held", simulation.snapshot().queue().messages(), held);
		Invariant.require(held == 0 || simulation.time().runningSince(this.since) <= WRITER_RETURNS,
				"4: a writer holds messages for longer than 1 s");
		if (simulation.workers().pending(Group.COMPLETIONS) == 0) {
			int unfinished = simulation.user().unfinished().size() + simulation.user().requests().unfinished();
			Invariant.require(unfinished <= held, "4: %s futures are unfinished, %s messages held", unfinished, held);
			Invariant.require(simulation.user().closes().stream().allMatch((close) -> close.isDone()),
					"4: a future of close() is unfinished");
			simulation.user().stops().forEach((stop) -> stopped(simulation, stop));
		}
	}

}
