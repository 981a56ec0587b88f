package io.github.websocketresilience;

import java.nio.ByteBuffer;
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
	 * Send a message that makes an older one with the same key pointless: if that still
	 * waits, this one takes its place in the queue, and its future fails with
	 * {@link SendFailedException.Reason#REPLACED}. What has been taken for a socket is
	 * not replaced.
	 * @param message the message
	 * @param key equal for messages that replace one another
	 * @return as {@link #send(Message)}
	 */
	CompletableFuture<Void> send(Message message, String key);

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
	 * Send bytes.
	 * @param bytes the payload, copied
	 * @return as {@link #send(Message)}
	 */
	default CompletableFuture<Void> send(byte[] bytes) {
		return send(new Message.Binary(bytes));
	}

	/**
	 * Send what remains of a buffer; its position does not change.
	 * @param bytes the payload, copied
	 * @return as {@link #send(Message)}
	 */
	default CompletableFuture<Void> send(ByteBuffer bytes) {
		byte[] copy = new byte[bytes.remaining()];
		bytes.duplicate().get(copy);
		return send(copy);
	}

	/**
	 * Send a value as JSON, in a text message. It is written on the calling thread, so
	 * later changes of the value do not matter.
	 * @param value the value
	 * @return as {@link #send(Message)}
	 * @throws IllegalArgumentException if the value cannot be written as JSON
	 * @throws IllegalStateException if no JSON library is there
	 */
	CompletableFuture<Void> sendJson(Object value);

	/**
	 * Send a value as JSON that makes an older one with the same key pointless.
	 * @param value the value
	 * @param key as for {@link #send(Message, String)}
	 * @return as {@link #send(Message)}
	 * @throws IllegalArgumentException if the value cannot be written as JSON
	 * @throws IllegalStateException if no JSON library is there
	 */
	CompletableFuture<Void> sendJson(Object value, String key);

	/**
	 * Send a JSON message and wait for its reply: the first message whose value at
	 * {@code request.reply-id} is the id that this one has at {@code request.id}. If it
	 * has none, a number is set there that no other request of this connection has. A
	 * reply goes to the future and not to listeners; one that comes too late is an
	 * ordinary message.
	 * <p>
	 * A request that waits in the queue stays there across sockets, but not beyond
	 * {@code request.timeout}, which runs from this call on and replaces
	 * {@code outbound.time-to-live}. One that has been written fails when its socket
	 * ends: nobody knows whether the peer acted on it.
	 * @param request the JSON as a {@code String} or {@link Message.Text}, or a value to
	 * write as JSON
	 * @return a future that completes exactly once, on a worker thread, so a listener may
	 * wait for it: with the reply, or with a {@link RequestFailedException}. Completing
	 * or cancelling it withdraws the request as far as it has not been written
	 * @throws IllegalArgumentException if the request cannot be written as JSON or is no
	 * JSON that can hold an id
	 * @throws IllegalStateException if {@code request.id} is not set or no JSON library
	 * is there
	 */
	CompletableFuture<Message> request(Object request);

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
