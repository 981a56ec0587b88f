package io.github.websocketresilience;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * All managed connections of the application, by name. Thread-safe.
 */
public interface WebSocketConnections extends Iterable<WebSocketConnection> {

	/**
	 * Look a connection up.
	 * @param name its name, as it is spelled
	 * @return the connection, or empty if there is none of that name
	 */
	Optional<WebSocketConnection> find(String name);

	/**
	 * Add a connection at run time. It begins with what a named connection inherits, and
	 * starts at once, or with the application, unless it is told not to; it stops with
	 * the application.
	 * @param name its name, {@code [a-z0-9-]+}, unlike that of every other, also when
	 * dashes do not count
	 * @param settings completes its settings, at least the address
	 * @return the connection
	 * @throws InvalidSettingException if a setting is not usable, or names an SSL bundle
	 * or a client registration that is not there. While the application's beans are being
	 * made what is named is not looked up yet; the start fails later
	 * @throws IllegalStateException if there is one of that name, also one that is still
	 * being removed, the application has stopped, or there is no WebSocket container
	 */
	WebSocketConnection open(String name, Consumer<ConnectionSettings.Builder> settings);

	/**
	 * Close a connection that was added at run time, and forget it: it is not found any
	 * more, and it cannot be started again.
	 * @param name its name
	 * @return a future that completes when it is closed, its listeners are done or
	 * {@code close-timeout} is over, and meters and health have forgotten it; then its
	 * name is free. Completes on a worker thread; a listener of this connection must not
	 * wait for it
	 * @throws IllegalArgumentException if none of that name was added at run time
	 */
	CompletableFuture<Void> remove(String name);

	/**
	 * Return a connection that must exist.
	 * @param name its name
	 * @return the connection
	 * @throws IllegalArgumentException if there is none of that name
	 */
	default WebSocketConnection get(String name) {
		return find(name).orElseThrow(() -> new IllegalArgumentException("no WebSocket connection named '" + name
				+ "'; configure 'resilient.websocket.url' for the connection 'default', or"
				+ " 'resilient.websocket.connections.<name>.url'"));
	}

}
