package io.github.websocketresilience;

import java.util.Optional;

/**
 * All managed connections of the application, by name. Thread-safe.
 */
public interface WebSocketConnections extends Iterable<WebSocketConnection> {

	/**
	 * Look a connection up.
	 * @param name its name
	 * @return the connection, or empty if there is none of that name
	 */
	Optional<WebSocketConnection> find(String name);

	/**
	 * Return a connection that must exist.
	 * @param name its name
	 * @return the connection
	 * @throws IllegalArgumentException if there is none of that name
	 */
	default WebSocketConnection get(String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException("no WebSocket connection named '" + name
				+ "'; configure 'resilient.websocket.url' for the connection 'default'"));
	}

}
