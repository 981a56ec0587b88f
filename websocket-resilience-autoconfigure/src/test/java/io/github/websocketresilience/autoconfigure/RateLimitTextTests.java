package io.github.websocketresilience.autoconfigure;

import java.time.Duration;

import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RateLimitText}.
 */
class RateLimitTextTests {

	@ParameterizedTest
	@CsvSource({ "10/1s, 10, PT1S", "1/1m, 1, PT1M", "600/5m, 600, PT5M", "10/500ms, 10, PT0.5S", "10/s, 10, PT1S",
			"10/ms, 10, PT0.001S", "3/D, 3, PT24H", "10/PT1M30S, 10, PT1M30S", "10 / 1s, 10, PT1S",
			"' 10/1S ', 10, PT1S", "100000/3s, 100000, PT3S" })
	void messagesPerTime(String text, int messages, Duration period) {
		assertThat(RateLimitText.parse(text)).isEqualTo(new RateLimit(messages, period));
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " " })
	void noTextIsNoLimit(String text) {
		assertThat(RateLimitText.parse(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10", "/", "10/", "/1s", "10/1", "10/-1", "-10/1s", "1.5/1s", "10/1.5s", "10/1x", "10/x",
			"10/1s/1s", "10/ 1 s", "2147483648/3s", "10/99999999999999999999s", "10/999999999999999d", "10/PT",
			"10per1s" })
	void otherTextIsRefusedWithTheForm(String text) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> RateLimitText.parse(text))
			.satisfies((ex) -> assertThat(ex.value()).isEqualTo(text))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo("outbound.rate-limit"))
			.satisfies((ex) -> assertThat(ex.requirement()).contains("10/1s"));
	}

	@Test
	void timeMustNotBeNegative() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> RateLimitText.parse("10/-1s"))
			.withMessage("'outbound.rate-limit' is '10/PT-1S' but must have a period longer than zero");
	}

}
