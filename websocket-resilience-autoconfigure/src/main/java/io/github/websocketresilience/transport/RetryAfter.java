package io.github.websocketresilience.transport;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import org.jspecify.annotations.Nullable;

/**
 * The {@code Retry-After} header: seconds or a date (RFC 9110 section 10.2.3).
 */
final class RetryAfter {

	// More seconds than fit are as good as for ever; the policy has a cap of its own.
	private static final int MOST_DIGITS = 9;

	private RetryAfter() {
	}

	static @Nullable Duration parse(@Nullable String value, Instant now) {
		if (value == null) {
			return null;
		}
		String text = value.trim();
		if (text.matches("\\d+")) {
			boolean fits = text.length() <= MOST_DIGITS;
			return Duration.ofSeconds(fits ? Long.parseLong(text) : Integer.MAX_VALUE);
		}
		try {
			Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
			Duration wait = Duration.between(now, at);
			return wait.isNegative() ? Duration.ZERO : wait;
		}
		catch (DateTimeException ex) {
			// Advice that cannot be read is no advice.
			return null;
		}
	}

}
