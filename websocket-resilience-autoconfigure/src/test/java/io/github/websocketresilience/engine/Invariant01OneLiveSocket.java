package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.SimulatedSocket.State;

/**
 * At most one attempt or socket is live, and it is the newest; a socket that opens for an
 * attempt that is not the current one is aborted in the same step.
 */
final class Invariant01OneLiveSocket implements Invariant {

	@Override
	public void check(Simulation simulation) {
		int newest = simulation.network().attempts().size();
		for (SimulatedAttempt attempt : simulation.network().attempts()) {
			boolean open = attempt.socket().state() == State.OPEN;
			Invariant.require(attempt.number() == newest || !(open || attempt.isUnderWay()),
					"1: attempt %s is live, and so is %s", attempt.number(), newest);
			if (attempt.number() == newest) {
				ConnectionState state = simulation.connection().state();
				Invariant.require(!open || state == ConnectionState.OPEN || state == ConnectionState.CLOSING,
						"1: socket %s is open in state %s", newest, state);
				Invariant.require(!attempt.isUnderWay() || state == ConnectionState.CONNECTING,
						"1: attempt %s is under way in state %s", newest, state);
			}
		}
	}

}
