package io.github.websocketresilience;

/**
 * Sees the events of connections in order, apart from the listeners and never delayed by
 * them. Called on the I/O group, one call at a time per connection; it must not block.
 * For metrics, logs and health.
 */
@FunctionalInterface
public interface ConnectionObserver {

	/**
	 * Take note of an event.
	 * @param event what happened
	 */
	void onEvent(ConnectionEvent event);

	/**
	 * Take note of a new connection: its events follow. Called once, by the thread that
	 * makes it.
	 * @param connection the connection, idle
	 */
	default void onAdded(WebSocketConnection connection) {
	}

	/**
	 * Forget a connection that was opened at run time and removed: no event follows, and
	 * its name may be another's from now on. Called once; connections that end with the
	 * application are not removed.
	 * @param connection the connection, closed
	 */
	default void onRemoved(WebSocketConnection connection) {
	}

}
