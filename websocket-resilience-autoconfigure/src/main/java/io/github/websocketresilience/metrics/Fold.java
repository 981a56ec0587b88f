package io.github.websocketresilience.metrics;

/**
 * How the numbers of the members of a group become one.
 */
enum Fold {

	/** What they have now, added up. */
	SUM,

	/** What they ever had, added up: that of former members stays. */
	TOTAL,

	/** The largest, 0 if there is none. */
	LARGEST,

	/** The smallest of those that are known, NaN if there is none. */
	SMALLEST;

	double none() {
		return (this == SMALLEST) ? Double.NaN : 0;
	}

	double of(double left, double right) {
		return switch (this) {
			case SUM, TOTAL -> left + right;
			case LARGEST -> Math.max(left, right);
			case SMALLEST -> smallest(left, right);
		};
	}

	private static double smallest(double left, double right) {
		if (Double.isNaN(left) || Double.isNaN(right)) {
			return Double.isNaN(left) ? right : left;
		}
		return Math.min(left, right);
	}

}
