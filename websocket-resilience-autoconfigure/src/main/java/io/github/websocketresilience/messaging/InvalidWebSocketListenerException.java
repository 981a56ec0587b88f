package io.github.websocketresilience.messaging;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A method cannot be what its {@link WebSocketListener} says. Thrown at startup.
 */
public final class InvalidWebSocketListenerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidWebSocketListenerException(ListenerSite site, String reason, String action) {
		this(site, reason, action, null);
	}

	InvalidWebSocketListenerException(ListenerSite site, String reason, String action, @Nullable Throwable cause) {
		super("the @WebSocketListener method " + site + " " + reason, cause);
		this.action = action;
	}

	/**
	 * Return what to do.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
