package io.github.websocketresilience;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * The future of a {@link WebSocketConnection#request} failed. {@link #reason()} says what
 * is known of the request, the text what can be changed.
 */
public class RequestFailedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Reason reason;

	/**
	 * Create an exception. It has no stack trace: it is made on a thread of ours, and a
	 * disconnect may make thousands.
	 * @param reason what is known of the request
	 * @param message what happened and what can be changed
	 * @param cause why it was not sent, or {@code null}
	 */
	public RequestFailedException(Reason reason, String message, @Nullable Throwable cause) {
		super(message, cause, false, false);
		this.reason = reason;
	}

	/**
	 * Return what is known of the request.
	 * @return the reason
	 */
	public Reason reason() {
		return this.reason;
	}

	/**
	 * What is known of a request without a reply.
	 */
	public enum Reason {

		/**
		 * It was not sent; the cause is a {@link SendFailedException}, and says whether
		 * it may have been written in part.
		 */
		NOT_SENT,

		/**
		 * As many requests as {@code request.max-pending} wait for a reply. Never
		 * written.
		 */
		TOO_MANY_PENDING,

		/**
		 * Another request with the same id waits for a reply. Never written.
		 */
		DUPLICATE_ID,

		/**
		 * There was no reply within {@code request.timeout}. Written or not: if it still
		 * waited in the queue, it was withdrawn.
		 */
		TIMED_OUT,

		/**
		 * It was written, and its socket ended before the reply: the peer may have acted
		 * on it or not.
		 */
		DISCONNECTED

	}

}
