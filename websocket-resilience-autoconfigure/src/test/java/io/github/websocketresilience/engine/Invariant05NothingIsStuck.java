package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;

/**
 * No wake-up is lost: as long as the connection is open and something waits to be
 * written, a writer is running, or a timer waits for the rate limit; and as long as
 * something waits to be delivered, somebody delivers or is about to.
 */
final class Invariant05NothingIsStuck implements Invariant {

	@Override
	public void check(Simulation simulation) {
		outbound(simulation, simulation.connection());
		inbound(simulation, simulation.connection());
	}

	private static void outbound(Simulation simulation, ManagedConnection connection) {
		boolean waits = connection.state() == ConnectionState.OPEN
				&& (simulation.snapshot().queue().messages() > 0 || connection.control() > 0);
		if (!waits || connection.writer() != null) {
			return;
		}
		RateLimit limit = simulation.settings().outbound().rateLimit();
		Invariant.require(limit != null && simulation.time().pending().contains("rate"),
				"5: messages wait and nobody writes");
	}

	private static void inbound(Simulation simulation, ManagedConnection connection) {
		boolean waits = connection.waitingEvents() > 0
				|| (connection.state() == ConnectionState.OPEN && connection.inbound().messages() > 0);
		Invariant.require(!waits || simulation.order().isInside() || simulation.workers().pending(Group.LISTENERS) > 0,
				"5: events or messages wait and nobody delivers");
	}

}
