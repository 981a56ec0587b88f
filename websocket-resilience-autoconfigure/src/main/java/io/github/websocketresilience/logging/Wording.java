package io.github.websocketresilience.logging;

import java.time.Duration;
import java.util.HexFormat;

import io.github.websocketresilience.Disconnect;

/**
 * How things are said in the log.
 */
final class Wording {

	/** RFC 6455 section 5.5: a close frame has no room for more. */
	private static final int LONGEST_REASON = 123;

	private Wording() {
	}

	/**
	 * Say a duration with two units at the most, cut rather than rounded.
	 * @param duration the duration
	 * @return for example {@code 35ms}, {@code 1.3s}, {@code 2m 5s}, {@code 3h} or
	 * {@code 4d 1h}
	 */
	static String duration(Duration duration) {
		if (duration.isNegative()) {
			return "0s";
		}
		if (duration.toDays() > 0) {
			return duration.toDays() + "d" + rest(duration.toHoursPart(), "h");
		}
		if (duration.toHours() > 0) {
			return duration.toHours() + "h" + rest(duration.toMinutesPart(), "m");
		}
		if (duration.toMinutes() > 0) {
			return duration.toMinutes() + "m" + rest(duration.toSecondsPart(), "s");
		}
		return seconds(duration.toMillis());
	}

	/**
	 * Say a number of things.
	 * @param number how many
	 * @param singular what, in the singular
	 * @return for example {@code 1 message} or {@code 2 messages}
	 */
	static String count(long number, String singular) {
		return number + " " + singular + ((number != 1) ? "s" : "");
	}

	/**
	 * Say why and after what a socket or an attempt ended.
	 * @param disconnect the end
	 * @return its text, what the peer gave as the reason, and the history of the socket
	 */
	static String end(Disconnect disconnect) {
		StringBuilder result = new StringBuilder(disconnect.text());
		if (!disconnect.closeReason().isEmpty()) {
			result.append(" \"").append(cut(disconnect.closeReason())).append('"');
		}
		if (disconnect.exception() != null) {
			result.append(" [").append(disconnect.exception()).append(']');
		}
		// Of a heartbeat timeout the text itself has the history.
		if (disconnect.kind() != Disconnect.Kind.HEARTBEAT_TIMEOUT && !disconnect.openFor().isZero()) {
			boolean silence = disconnect.kind() == Disconnect.Kind.SILENCE;
			result.append(silence ? ", open for " : " after ").append(duration(disconnect.openFor()));
		}
		if (!disconnect.pausedFor().isZero()) {
			result.append(", reading was paused for ").append(duration(disconnect.pausedFor()));
		}
		return result.toString();
	}

	/**
	 * Cut what a peer wrote to what fits into a close frame.
	 * @param text any text
	 * @return at most its first 123 characters
	 */
	static String cut(String text) {
		return (text.length() > LONGEST_REASON) ? text.substring(0, LONGEST_REASON) : text;
	}

	/**
	 * Make a text fit for one line: whoever wrote it must not be able to begin another.
	 * @param text any text
	 * @return the text with all but printable ASCII characters escaped
	 */
	static String ascii(String text) {
		StringBuilder result = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c >= ' ' && c <= '~') {
				result.append(c);
			}
			else {
				result.append("\\u").append(HexFormat.of().toHexDigits(c));
			}
		}
		return result.toString();
	}

	private static String rest(int number, String unit) {
		return (number != 0) ? " " + number + unit : "";
	}

	private static String seconds(long millis) {
		if (millis < 1000) {
			return (millis != 0) ? millis + "ms" : "0s";
		}
		long tenths = millis / 100 % 10;
		return millis / 1000 + ((tenths != 0) ? "." + tenths : "") + "s";
	}

}
