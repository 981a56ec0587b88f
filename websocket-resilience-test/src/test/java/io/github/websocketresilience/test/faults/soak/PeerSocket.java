package io.github.websocketresilience.test.faults.soak;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.websocketresilience.test.ServerConnection;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of an open socket: answers heartbeats and requests, and sends texts
 * that are numbered in the order in which they are written.
 */
final class PeerSocket {

	private static final int NEVER_TOO_SLOW = 1_000_000;

	private final ServerConnection connection;

	private final Dialect dialect;

	private final AtomicBoolean due = new AtomicBoolean();

	private volatile boolean feeding = true;

	private volatile boolean answering = true;

	/** Used by the one thread that writes. */
	private long number;

	PeerSocket(ServerConnection connection, Dialect dialect) {
		this.connection = connection;
		this.dialect = dialect;
		connection.answerTexts(this::answer);
	}

	ServerConnection connection() {
		return this.connection;
	}

	boolean isSound() {
		return this.feeding && !this.connection.hasEnded();
	}

	/**
	 * Send a text, unless the one before still waits for a client that does not read.
	 */
	void feed() {
		if (isSound() && this.due.compareAndSet(false, true)) {
			this.connection.sendAtRate(1, NEVER_TOO_SLOW, (index) -> {
				this.due.set(false);
				return next();
			});
		}
	}

	/**
	 * Send many texts as fast as they are read.
	 * @param count how many
	 */
	void flood(int count) {
		this.connection.sendAtRate(count, NEVER_TOO_SLOW, (index) -> next());
	}

	/**
	 * Send nothing of our own accord any more: what follows breaks the socket.
	 */
	void stopFeeding() {
		this.feeding = false;
	}

	void stopAnswering() {
		this.answering = false;
		this.connection.ignorePings();
	}

	private String next() {
		this.number++;
		String pad = (this.number % 40 == 0) ? "x".repeat(30_000) : "";
		return "s:" + this.connection.number() + ":" + this.number + ":" + pad;
	}

	private @Nullable String answer(String text) {
		if (text.startsWith("{") && text.contains("\"r\":")) {
			return "{\"id\":%s,\"r\":%s}".formatted(value(text, "id"), value(text, "r"));
		}
		return this.answering ? this.dialect.reply(text) : null;
	}

	/**
	 * Return a value of a flat JSON object of numbers.
	 */
	static String value(String json, String key) {
		int start = json.indexOf("\"" + key + "\":") + key.length() + 3;
		int end = start;
		while ("0123456789\"".indexOf(json.charAt(end)) >= 0) {
			end++;
		}
		return json.substring(start, end);
	}

}
