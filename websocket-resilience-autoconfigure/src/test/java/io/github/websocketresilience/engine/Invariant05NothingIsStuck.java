package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionState;

/**
 * No wake-up is lost: as long as the connection is open and something waits to be
 * written, a writer is running, or a timer waits for the rate limit.
 */
final class Invariant05NothingIsStuck implements Invariant {

	@Override
	public void check(Simulation simulation) {
		ManagedConnection connection = simulation.connection();
		boolean waits = connection.state() == ConnectionState.OPEN
				&& (simulation.snapshot().queue().messages() > 0 || connection.control() > 0);
		if (!waits || connection.writer() != null) {
			return;
		}
		RateLimit limit = simulation.settings().outbound().rateLimit();
		Invariant.require(limit != null && simulation.time().pending().contains("rate"),
				"5: messages wait and nobody writes");
	}

}
