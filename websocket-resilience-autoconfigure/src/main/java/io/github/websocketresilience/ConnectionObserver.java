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

}
