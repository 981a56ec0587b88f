package io.github.websocketresilience.logging;

import java.net.ConnectException;
import java.time.Duration;

import io.github.websocketresilience.Disconnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Wording}.
 */
class WordingTests {

	@ParameterizedTest
	@CsvSource({ "PT0S, 0s", "PT0.0009S, 0s", "PT0.001S, 1ms", "PT0.999S, 999ms", "PT1S, 1s", "PT1.099S, 1s",
			"PT1.3S, 1.3s", "PT10S, 10s", "PT59.999S, 59.9s", "PT1M, 1m", "PT2M5.9S, 2m 5s", "PT59M59S, 59m 59s",
			"PT1H, 1h", "PT3H4M59S, 3h 4m", "PT24H, 1d", "PT49H30M, 2d 1h", "PT-5S, 0s" })
	void durationIsSaidWithTwoUnitsAtTheMost(Duration duration, String text) {
		assertThat(Wording.duration(duration)).isEqualTo(text);
	}

	@Test
	void oneIsSingular() {
		assertThat(Wording.count(0, "message")).isEqualTo("0 messages");
		assertThat(Wording.count(1, "message")).isEqualTo("1 message");
		assertThat(Wording.count(2, "message")).isEqualTo("2 messages");
	}

	@Test
	void onlyPrintableAsciiIsLeft() {
		assertThat(Wording.ascii("a\r\nb\u0000\t\u001b[31m\u007f\u0085\u2028h\u00e9 \ud83d\ude00~"))
			.isEqualTo("a\\u000d\\u000ab\\u0000\\u0009\\u001b[31m\\u007f\\u0085\\u2028h\\u00e9 \\ud83d\\ude00~");
	}

	@Test
	void endOfASocketSaysHowLongItWasOpen() {
		Disconnect end = Disconnect.peerClosed(1001, "").after(Duration.ofSeconds(125), Duration.ZERO, 5);
		assertThat(Wording.end(end)).isEqualTo("closed by peer with 1001 (going away) after 2m 5s");
	}

	@Test
	void endAfterAPauseSaysHowLongItWas() {
		Disconnect end = Disconnect.peerClosed(1001, "").after(Duration.ofSeconds(125), Duration.ofSeconds(30), 5);
		assertThat(Wording.end(end))
			.isEqualTo("closed by peer with 1001 (going away) after 2m 5s, reading was paused for 30s");
	}

	@Test
	void endOfASilentFeedSaysHowLongItWasOpen() {
		Disconnect end = Disconnect.of(Disconnect.Kind.SILENCE, "no message for 30s")
			.after(Duration.ofMinutes(5), Duration.ofSeconds(3), 9);
		assertThat(Wording.end(end)).isEqualTo("no message for 30s, open for 5m, reading was paused for 3s");
	}

	@Test
	void endOfAnAttemptNamesTheException() {
		Disconnect end = Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "could not connect")
			.causedBy(new ConnectException("to ws://user:secret@host"));
		assertThat(Wording.end(end)).isEqualTo("could not connect [java.net.ConnectException]");
	}

	@Test
	void reasonOfThePeerIsQuotedAndCut() {
		Disconnect end = Disconnect.peerClosed(4000, "x".repeat(500));
		assertThat(Wording.end(end)).isEqualTo("closed by peer with 4000 \"" + "x".repeat(123) + "\"");
	}

}
