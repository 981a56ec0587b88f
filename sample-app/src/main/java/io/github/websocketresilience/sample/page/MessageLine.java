package io.github.websocketresilience.sample.page;

import java.time.Instant;

import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message, as the page is told.
 *
 * @param type what this is
 * @param connection whose
 * @param direction {@code in} or {@code out}
 * @param at when it came, or was to be sent
 * @param text its beginning
 * @param outcome what became of it, {@code null} of one that came
 */
record MessageLine(String type, String connection, String direction, Instant at, String text,
		@Nullable String outcome) {

	private static final int LONGEST = 500;

	static MessageLine in(String connection, Message message) {
		return new MessageLine("message", connection, "in", Instant.now(), text(message), null);
	}

	static MessageLine out(String connection, Message message) {
		return new MessageLine("message", connection, "out", Instant.now(), text(message), null);
	}

	MessageLine withOutcome(String outcome) {
		return new MessageLine(this.type, this.connection, this.direction, this.at, this.text, outcome);
	}

	private static String text(Message message) {
		if (message instanceof Message.Text it) {
			String text = it.text();
			return (text.length() > LONGEST) ? cut(text) : text;
		}
		return message.toString();
	}

	private static String cut(String text) {
		int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
		return text.substring(0, end);
	}

}
