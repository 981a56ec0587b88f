package io.github.websocketresilience.engine;

import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message of a user on its way out. While it waits it is linked to its neighbours in
 * {@link WaitingMessages}.
 */
final class Outgoing {

	private final Transport.Frame frame;

	private final int size;

	private final @Nullable String key;

	private final long deadline;

	private final Requests.@Nullable Pending request;

	private final CompletableFuture<Void> future = new CompletableFuture<>();

	private volatile boolean withdrawn;

	@Nullable Outgoing previous;

	@Nullable Outgoing next;

	Outgoing(Message message, @Nullable String key, long deadline) {
		this(message, key, deadline, null);
	}

	Outgoing(Message message, @Nullable String key, long deadline, Requests.@Nullable Pending request) {
		this.frame = frame(message);
		this.size = message.sizeInBytes();
		this.key = key;
		this.deadline = deadline;
		this.request = request;
	}

	Transport.Frame frame() {
		return this.frame;
	}

	int size() {
		return this.size;
	}

	/**
	 * Return what it shares with those that may take its place.
	 */
	@Nullable String key() {
		return this.key;
	}

	CompletableFuture<Void> future() {
		return this.future;
	}

	long deadline() {
		return this.deadline;
	}

	/**
	 * Return whether it must not be written any more.
	 */
	boolean isExpired(long now) {
		return this.withdrawn || this.deadline - now <= 0;
	}

	/**
	 * Nobody waits for it any more: let it expire.
	 */
	void withdraw() {
		this.withdrawn = true;
	}

	/**
	 * A writer is about to write it to the socket of an attempt.
	 */
	void begun(ConnectionAttempt attempt) {
		if (this.request != null) {
			this.request.begun(attempt);
		}
	}

	private static Transport.Frame frame(Message message) {
		if (message instanceof Message.Text text) {
			return new Transport.Frame.Text(text.text());
		}
		return new Transport.Frame.Binary(((Message.Binary) message).bytes());
	}

}
