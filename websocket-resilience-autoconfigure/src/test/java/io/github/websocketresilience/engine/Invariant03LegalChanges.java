package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.StateChange;
import io.github.websocketresilience.ConnectionState;

/**
 * Every observed change of state is an edge of {@link ConnectionState}; closed is left by
 * a start only.
 */
final class Invariant03LegalChanges implements Invariant {

	private ConnectionState observed = ConnectionState.IDLE;

	private int seen;

	@Override
	public void check(Simulation simulation) {
		for (; this.seen < simulation.observed().size(); this.seen++) {
			ConnectionEvent event = simulation.observed().get(this.seen);
			if (event instanceof StateChange change) {
				Invariant.require(change.from() == this.observed && this.observed.successors().contains(change.to()),
						"3: %s to %s after %s", change.from(), change.to(), this.observed);
				this.observed = change.to();
			}
		}
		ConnectionState state = simulation.connection().state();
		boolean seeks = state.isActive() && state != ConnectionState.CLOSING;
		boolean rests = !state.isActive() && !simulation.snapshot().gaveUp();
		Invariant.require(!rests || !simulation.user().wantsOpen(), "3: %s though the user started", state);
		Invariant.require(!seeks || simulation.user().wantsOpen(), "3: %s though the user did not start", state);
	}

}
