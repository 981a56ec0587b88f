package io.github.websocketresilience.engine;

import java.util.List;

import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.engine.SimulatedNetwork.Written;

/**
 * In no period writers take more frames than the rate limit allows, whatever they are and
 * whichever socket they are for.
 */
final class Invariant14RateLimit implements Invariant {

	private int seen;

	@Override
	public void check(Simulation simulation) {
		RateLimit limit = simulation.settings().outbound().rateLimit();
		List<Written> taken = simulation.network().taken();
		for (; limit != null && this.seen < taken.size(); this.seen++) {
			int first = this.seen - limit.messages();
			Invariant.require(
					first < 0 || taken.get(this.seen).at() - taken.get(first).at() >= limit.period().toNanos(),
					"14: frame %s exceeds the limit", this.seen);
		}
	}

	/**
	 * Return the time until a writer may take the next frame.
	 */
	static long timeToNext(Simulation simulation, RateLimit limit) {
		List<Written> taken = simulation.network().taken();
		int first = taken.size() - limit.messages();
		return (first < 0) ? 0 : taken.get(first).at() + limit.period().toNanos() - simulation.now();
	}

}
