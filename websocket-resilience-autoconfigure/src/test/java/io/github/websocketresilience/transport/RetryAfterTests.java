package io.github.websocketresilience.transport;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTests {

	private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

	@ParameterizedTest
	@CsvSource({ "7, PT7S", "' 120 ', PT2M", "0, PT0S", "99999999999999999999, PT596523H14M7S",
			"'Fri, 20 Nov 2026 10:00:30 GMT', PT30S", "'Fri, 20 Nov 2026 09:00:00 GMT', PT0S" })
	void secondsAndDatesAreUnderstood(String value, Duration expected) {
		assertThat(RetryAfter.parse(value, NOW)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon", "-1", "1.5", "Fri, 20 Nov 2026" })
	void whatCannotBeReadIsNoAdvice(String value) {
		assertThat(RetryAfter.parse(value, NOW)).isNull();
	}

	@Test
	void absenceIsNoAdvice() {
		assertThat(RetryAfter.parse(null, NOW)).isNull();
	}

}
