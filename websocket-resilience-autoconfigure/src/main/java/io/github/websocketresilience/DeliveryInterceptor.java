package io.github.websocketresilience;

import org.jspecify.annotations.Nullable;

/**
 * Wraps one call of a {@link ConnectionListener}: for metrics, observations or a logging
 * context. Called on the thread of the listener.
 */
@FunctionalInterface
public interface DeliveryInterceptor {

	/**
	 * Call the listener, exactly once, and let what it throws pass.
	 * @param delivery what is being delivered
	 * @param call calls the listener
	 */
	void intercept(Delivery delivery, Runnable call);

	/**
	 * Return whether it is for a connection. Asked once, when the connection is made.
	 * @param settings what was asked of the connection
	 * @return whether to call it for this connection at all
	 */
	default boolean supports(ConnectionSettings settings) {
		return true;
	}

	/**
	 * What is being delivered: either a message or an event.
	 *
	 * @param connection where it comes from
	 * @param message the message, or {@code null}
	 * @param event the event, or {@code null}
	 */
	record Delivery(WebSocketConnection connection, @Nullable Message message, @Nullable ConnectionEvent event) {
	}

}
