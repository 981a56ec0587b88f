package io.github.websocketresilience.engine;

import java.time.Instant;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.StateChange;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.jspecify.annotations.Nullable;

/**
 * Replaying the events as an observer sees them reproduces the control part of the
 * snapshot.
 */
final class Invariant10Replay implements Invariant {

	private int seen;

	private ConnectionState state = ConnectionState.IDLE;

	private @Nullable Instant since;

	private long attempt;

	private @Nullable Instant nextAttemptAt;

	private @Nullable Disconnect lastDisconnect;

	private boolean gaveUp;

	@Override
	public void check(Simulation simulation) {
		for (; this.seen < simulation.observed().size(); this.seen++) {
			apply(simulation.observed().get(this.seen));
		}
		if (simulation.workers().pending(Group.IO) > 0) {
			return;
		}
		ConnectionSnapshot snapshot = simulation.snapshot();
		Invariant.require(
				this.state == snapshot.state() && (this.since == null || this.since.equals(snapshot.since()))
						&& this.attempt == snapshot.attempt() && equal(this.nextAttemptAt, snapshot.nextAttemptAt())
						&& equal(this.lastDisconnect, snapshot.lastDisconnect()) && this.gaveUp == snapshot.gaveUp(),
				"10: events say %s since %s, attempt %s, next at %s, last %s, gave up %s; the snapshot says %s",
				this.state, this.since, this.attempt, this.nextAttemptAt, this.lastDisconnect, this.gaveUp, snapshot);
	}

	private void apply(ConnectionEvent event) {
		if (event instanceof StateChange change) {
			this.state = change.to();
			this.since = change.at();
			this.attempt = change.attempt();
			this.nextAttemptAt = null;
			this.gaveUp = false;
		}
		if (event instanceof ConnectionEvent.RetryScheduled retry) {
			this.nextAttemptAt = retry.at().plus(retry.delay());
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			this.lastDisconnect = disconnected.disconnect();
		}
		else if (event instanceof ConnectionEvent.Closed closed) {
			this.gaveUp = closed.gaveUp() != null;
		}
	}

	private static boolean equal(@Nullable Object one, @Nullable Object other) {
		return (one != null) ? one.equals(other) : other == null;
	}

}
