package io.github.websocketresilience.engine;

import java.util.List;

import io.github.websocketresilience.ConnectionEvent;

/**
 * Listeners are told what observers are told, in the same order; {@link DeliveryOrder}
 * checks each call.
 */
final class Invariant09OneOrder implements Invariant {

	private int told;

	private int observed;

	@Override
	public void check(Simulation simulation) {
		List<ConnectionEvent> events = simulation.order().events();
		List<ConnectionEvent> all = simulation.observed();
		while (this.told < events.size() && this.observed < all.size()) {
			ConnectionEvent next = all.get(this.observed);
			if (events.get(this.told) == next || events.get(this.told) instanceof ConnectionEvent.EventsSkipped) {
				this.told++;
			}
			else {
				boolean forObservers = next instanceof ConnectionEvent.ListenerFailed;
				Invariant.require(forObservers || simulation.order().isSkipped(), "9: listeners missed %s", next);
			}
			this.observed++;
		}
	}

}
