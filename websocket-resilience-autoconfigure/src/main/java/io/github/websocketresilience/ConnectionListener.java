package io.github.websocketresilience;

/**
 * Is told about events and messages of connections, one at a time and in the order in
 * which they happened, on a listener thread. It may block: then reading pauses when
 * {@code inbound.capacity} is reached. With {@code inbound.dispatch: direct} it runs on
 * the thread that reads from the socket and must not block. What it throws loses its own
 * message only.
 */
public interface ConnectionListener {

	/**
	 * Return whether it is for a connection. Asked once, when the connection is made.
	 * @param settings what was asked of the connection
	 * @return whether to call it for this connection at all
	 */
	default boolean supports(ConnectionSettings settings) {
		return true;
	}

	/**
	 * Return whether it has anything to do with a message. If not, neither it nor an
	 * interceptor is called. Must be quick.
	 * @param connection the connection it came from
	 * @param message the message
	 * @return whether to call {@link #onMessage}
	 */
	default boolean handles(WebSocketConnection connection, Message message) {
		return true;
	}

	/**
	 * Handle an event.
	 * @param connection the connection it happened to
	 * @param event what happened
	 */
	default void onEvent(WebSocketConnection connection, ConnectionEvent event) {
	}

	/**
	 * Handle a message.
	 * @param connection the connection it came from
	 * @param message the message
	 */
	default void onMessage(WebSocketConnection connection, Message message) {
	}

}
