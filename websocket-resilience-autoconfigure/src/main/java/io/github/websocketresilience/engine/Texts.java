package io.github.websocketresilience.engine;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * Words for people.
 */
final class Texts {

	private Texts() {
	}

	/**
	 * Write a duration as seconds without trailing zeros, {@code 10s} or {@code 0.25s}.
	 */
	static String seconds(Duration duration) {
		return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
	}

}
