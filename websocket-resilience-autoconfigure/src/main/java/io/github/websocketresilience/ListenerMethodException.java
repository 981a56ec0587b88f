package io.github.websocketresilience;

import java.io.Serial;

/**
 * Says which one failed, when several listeners stand behind one
 * {@link ConnectionListener}. Further failures with the same message are
 * {@linkplain #getSuppressed() suppressed} ones of the first; each is told.
 */
public class ListenerMethodException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String listener;

	/**
	 * Create an exception.
	 * @param listener which one failed, as it may be shown
	 * @param cause what it threw
	 */
	public ListenerMethodException(String listener, Throwable cause) {
		super(listener + " failed", cause, true, false);
		this.listener = listener;
	}

	/**
	 * Return which one failed.
	 * @return a name to show, of low cardinality
	 */
	public String listener() {
		return this.listener;
	}

}
