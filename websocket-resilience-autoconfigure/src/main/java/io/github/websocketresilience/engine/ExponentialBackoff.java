package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ConnectionSettings.Reconnect;

/**
 * Delays that grow with the failures in a row up to a cap and are drawn from a range
 * around it, at the cap too, so that the clients of a restarted server do not come back
 * together.
 */
final class ExponentialBackoff {

	private final Reconnect settings;

	private final RandomGenerator random;

	ExponentialBackoff(Reconnect settings, RandomGenerator random) {
		this.settings = settings;
		this.random = random;
	}

	/**
	 * Return the delay after a number of failures in a row. The end of a stable
	 * connection counts as none and waits as long as the first failure does.
	 */
	Duration after(int failures) {
		double grown = this.settings.delay().toNanos()
				* Math.pow(this.settings.multiplier(), Math.max(0, failures - 1));
		// The product may be infinite, the smaller of the two never is.
		return jittered((long) Math.min(grown, this.settings.maxDelay().toNanos()));
	}

	Duration longest() {
		return jittered(this.settings.maxDelay().toNanos());
	}

	Duration between(Duration least, Duration most) {
		return least.plusNanos((long) (this.random.nextDouble() * most.minus(least).toNanos()));
	}

	private Duration jittered(long nanos) {
		double factor = 1 + this.settings.jitter() * (2 * this.random.nextDouble() - 1);
		return Duration.ofNanos((long) (nanos * factor));
	}

}
