package io.github.websocketresilience.metrics;

import java.util.BitSet;

/**
 * All figures of a group, taken in one pass over its members. A registry asks for one
 * after the other, so a reading gives each of them once, and for a short time only: the
 * next scrape gets a new one.
 */
final class Reading {

	static final long GOOD_FOR_NANOS = 1_000_000_000;

	private final double[] values;

	private final long takenAt;

	private final BitSet given = new BitSet();

	/**
	 * Create a reading.
	 * @param values one for each figure
	 * @param takenAt nanoseconds of a monotonic clock
	 */
	Reading(double[] values, long takenAt) {
		this.values = values;
		this.takenAt = takenAt;
	}

	boolean isGoodFor(int figure, long now) {
		return !this.given.get(figure) && now - this.takenAt < GOOD_FOR_NANOS;
	}

	double give(int figure) {
		this.given.set(figure);
		return this.values[figure];
	}

}
