package io.github.websocketresilience;

import java.io.Serial;

/**
 * A message cannot be read as the type that a listener wants. When a listener lets it
 * pass, a {@link ConnectionEvent.MessageUnreadable} tells it in the place of
 * {@link ConnectionEvent.ListenerFailed}.
 */
public class UnreadableMessageException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Most characters of an {@link #excerpt()}.
	 */
	public static final int LONGEST_EXCERPT = 256;

	private final String type;

	private final String excerpt;

	/**
	 * Create an exception.
	 * @param type the type that was wanted
	 * @param message the message that cannot be read
	 * @param cause why; its text may show part of the payload
	 */
	public UnreadableMessageException(String type, Message message, Throwable cause) {
		super("a message of " + message.sizeInBytes() + " bytes cannot be read as " + type, cause);
		this.type = type;
		this.excerpt = excerptOf(message);
	}

	/**
	 * Return the type that was wanted.
	 * @return its name
	 */
	public String type() {
		return this.type;
	}

	/**
	 * Return the begin of the message. It may hold secrets: it is for people who look for
	 * the fault, and appears in a log of ours only as far as {@code log-payloads} allows.
	 * @return at most {@value #LONGEST_EXCERPT} characters of a text, empty for a binary
	 * message
	 */
	public String excerpt() {
		return this.excerpt;
	}

	private static String excerptOf(Message message) {
		if (!(message instanceof Message.Text text)) {
			return "";
		}
		int end = Math.min(text.text().length(), LONGEST_EXCERPT);
		if (end > 0 && end < text.text().length() && Character.isHighSurrogate(text.text().charAt(end - 1))) {
			end--;
		}
		return text.text().substring(0, end);
	}

}
