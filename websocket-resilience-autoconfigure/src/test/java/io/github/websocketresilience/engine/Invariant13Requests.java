package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;

/**
 * A request waits until its reply, its timeout, the end of its socket or its cancellation
 * and no longer. {@link SimulatedRequests} checks each future.
 */
final class Invariant13Requests implements Invariant {

	@Override
	public boolean isExact() {
		return true;
	}

	@Override
	public void check(Simulation simulation) {
		SimulatedRequests requests = simulation.user().requests();
		if (simulation.workers().pending(Group.COMPLETIONS) > 0) {
			return;
		}
		int pending = simulation.snapshot().pendingRequests();
		Invariant.require(pending == requests.waiting(), "13: %s requests are pending, %s wait", pending,
				requests.waiting());
		Invariant.require(requests.orphans() == 0, "13: %s requests wait for a reply of a socket that has ended",
				requests.orphans());
		long waited = simulation.now() - requests.oldestAt();
		Invariant.require(
				waited <= simulation.settings().request().timeout().toNanos()
						|| simulation.connection().state() == ConnectionState.CLOSED,
				"13: a request waits for %s ns", waited);
	}

}
