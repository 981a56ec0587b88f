package io.github.websocketresilience.engine;

import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.Message;

/**
 * A message of a user on its way out.
 */
final class Outgoing {

	private final Transport.Frame frame;

	private final int size;

	private final long deadline;

	private final CompletableFuture<Void> future = new CompletableFuture<>();

	Outgoing(Message message, long deadline) {
		this.frame = frame(message);
		this.size = message.sizeInBytes();
		this.deadline = deadline;
	}

	Transport.Frame frame() {
		return this.frame;
	}

	int size() {
		return this.size;
	}

	CompletableFuture<Void> future() {
		return this.future;
	}

	/**
	 * Return how long it may still wait.
	 */
	long timeLeft(long now) {
		return this.deadline - now;
	}

	private static Transport.Frame frame(Message message) {
		if (message instanceof Message.Text text) {
			return new Transport.Frame.Text(text.text());
		}
		return new Transport.Frame.Binary(((Message.Binary) message).bytes());
	}

}
