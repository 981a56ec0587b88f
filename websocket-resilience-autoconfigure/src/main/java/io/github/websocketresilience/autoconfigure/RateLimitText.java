package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;
import org.springframework.util.StringUtils;

/**
 * Reads a rate limit: messages per time, {@code 10/1s}, {@code 600/PT1M} or {@code 10/s}.
 */
final class RateLimitText {

	private static final Pattern FORM = Pattern.compile("(\\d+)\\s*/\\s*(\\S+)");

	private static final Pattern UNIT = Pattern.compile("[a-zA-Z]{1,2}");

	private static final Pattern BARE_NUMBER = Pattern.compile("[+-]?\\d+");

	private RateLimitText() {
	}

	/**
	 * Read a rate limit.
	 * @param text the text, or {@code null}
	 * @return the limit, or {@code null} if there is no text
	 * @throws InvalidSettingException if it is no rate limit
	 */
	static @Nullable RateLimit parse(@Nullable String text) {
		if (!StringUtils.hasText(text)) {
			return null;
		}
		Matcher matcher = FORM.matcher(text.trim());
		if (!matcher.matches()) {
			throw malformed(text);
		}
		return new RateLimit(messages(matcher.group(1), text), period(matcher.group(2), text));
	}

	private static int messages(String number, String text) {
		try {
			return Integer.parseInt(number);
		}
		catch (NumberFormatException ex) {
			throw malformed(text);
		}
	}

	private static Duration period(String period, String text) {
		// Boot takes a bare number for milliseconds: 10/1 would be ten thousand a second
		if (BARE_NUMBER.matcher(period).matches()) {
			throw malformed(text);
		}
		try {
			return DurationStyle.detectAndParse(UNIT.matcher(period).matches() ? "1" + period : period);
		}
		catch (IllegalArgumentException ex) {
			throw malformed(text);
		}
	}

	private static InvalidSettingException malformed(String text) {
		return new InvalidSettingException("outbound.rate-limit", text,
				"be a number of messages and a time with its unit, such as 10/1s or 600/1m");
	}

}
