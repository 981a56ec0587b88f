package io.github.websocketresilience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CloseCode}.
 */
class CloseCodeTests {

	@ParameterizedTest
	@EnumSource
	void isFoundByItsNumber(CloseCode code) {
		assertThat(CloseCode.of(code.code())).contains(code);
		assertThat(CloseCode.describe(code.code())).isEqualTo(code.code() + " (" + code.meaning() + ")");
	}

	@ParameterizedTest
	@CsvSource({ "1000,NORMAL", "1001,GOING_AWAY", "1002,PROTOCOL_ERROR", "1003,UNSUPPORTED_DATA", "1005,NO_STATUS",
			"1006,ABNORMAL", "1007,INVALID_PAYLOAD", "1008,POLICY_VIOLATION", "1009,MESSAGE_TOO_BIG",
			"1010,MISSING_EXTENSION", "1011,INTERNAL_ERROR", "1012,SERVICE_RESTART", "1013,TRY_AGAIN_LATER",
			"1014,BAD_GATEWAY", "1015,TLS_HANDSHAKE", "4401,UNAUTHORIZED", "4403,FORBIDDEN" })
	void numbersAreThoseOfTheRegistry(int number, CloseCode code) {
		assertThat(code.code()).isEqualTo(number);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 999, 1004, 1016, 2999, 3000, 4000, 4402, 4999 })
	void othersAreDescribedByTheirNumber(int number) {
		assertThat(CloseCode.of(number)).isEmpty();
		assertThat(CloseCode.describe(number)).isEqualTo(Integer.toString(number));
	}

	@Test
	void meaningIsAscii() {
		assertThat(CloseCode.values()).allSatisfy((code) -> assertThat(code.meaning()).matches("[A-Za-z ]+"));
	}

}
