package io.github.websocketresilience;

import java.io.Serial;

/**
 * The future of a {@link WebSocketConnection#send} failed. {@link #reason()} says what
 * became of the message, the text what can be changed.
 */
public class SendFailedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Create an exception. It has no stack trace: it is made on a thread of ours, and a
	 * disconnect may make thousands.
	 * @param reason what became of the message
	 * @param message what happened and what can be changed
	 */
	public SendFailedException(Reason reason, String message) {
		super(message, null, false, false);
		this.reason = reason;
	}

	/**
	 * Return what became of the message.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What became of a message that was not handed to the socket.
	 */
	public enum Reason {

		/**
		 * Not OPEN, and {@code outbound.when-disconnected} is {@code reject}. Never
		 * written.
		 */
		NOT_CONNECTED,

		/**
		 * The queue was full, or the message was dropped for a newer one. Never written.
		 */
		QUEUE_FULL,

		/**
		 * It waited longer than {@code outbound.time-to-live}. Never written.
		 */
		EXPIRED,

		/**
		 * A newer message with the same key took its place. Never written.
		 */
		REPLACED,

		/**
		 * The connection was closed on purpose or given up. Never written.
		 */
		CLOSED,

		/**
		 * The socket ended while it was being written: the peer may have it or not.
		 */
		LOST_IN_FLIGHT,

		/**
		 * Larger than {@code outbound.max-bytes}. Never written.
		 */
		TOO_LARGE

	}

}
