package io.github.websocketresilience;

import java.io.Serial;

/**
 * A pattern of the application would look at a text of the peer for longer than anybody
 * waits: it goes back and forth over a text that was made for that, as a rule.
 */
public final class PatternTooSlowException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	PatternTooSlowException(int looks) {
		super("A pattern looked at a text more than " + looks + " times");
	}

}
