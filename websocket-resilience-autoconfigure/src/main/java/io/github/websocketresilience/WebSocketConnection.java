package io.github.websocketresilience;

import java.util.concurrent.CompletableFuture;

/**
 * A managed WebSocket client connection: what you hold. It opens, heartbeats, reconnects
 * and delivers by itself; at most one socket is live at any time.
 * <p>
 * All methods may be called from any thread, listeners included, and return at once.
 */
public interface WebSocketConnection {

	/**
	 * Return the name of the connection.
	 * @return the name, {@code default} for the one at the top level
	 */
	String name();

	/**
	 * Return what the connection is doing now. Events tell what happened; this may
	 * already be further.
	 * @return the state
	 */
	ConnectionState state();

	/**
	 * Return what is known about the connection.
	 * @return a consistent view of its control part, with counters read right after
	 */
	ConnectionSnapshot snapshot();

	/**
	 * Return what was asked for.
	 * @return the settings; their {@code toString} shows no secret
	 */
	ConnectionSettings settings();

	/**
	 * Send a message in order. Never blocks and never throws for reasons of the
	 * connection. What happens while not OPEN is the choice of
	 * {@code outbound.when-disconnected}.
	 * @param message the message
	 * @return a future that completes exactly once, on a worker thread: normally when the
	 * message was handed to the socket (which does not mean received), or with a
	 * {@link SendFailedException}
	 */
	CompletableFuture<Void> send(Message message);

	/**
	 * Send a text.
	 * @param text the text
	 * @return as {@link #send(Message)}
	 * @throws IllegalArgumentException if the text cannot be encoded as UTF-8
	 */
	default CompletableFuture<Void> send(String text) {
		return send(new Message.Text(text));
	}

	/**
	 * Start connecting. Does nothing while connecting, open or waiting; during
	 * {@link ConnectionState#CLOSING} it is remembered until closed.
	 */
	void start();

	/**
	 * Replace the socket now, also cutting short a waiting period. Not a failure; unsent
	 * messages stay queued. Does nothing while connecting, closing or closed.
	 */
	void reconnect();

	/**
	 * Close in an orderly way and stay closed until {@link #start()}: what is queued is
	 * written within {@code close-timeout}, then the closing handshake is done (RFC 6455
	 * section 7.1.2, code 1000).
	 * @return a future that completes at {@link ConnectionState#CLOSED}, on a worker
	 * thread; it does not wait for listeners, so a listener may wait for it
	 */
	CompletableFuture<Void> close();

}
