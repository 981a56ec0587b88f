package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.ReconnectPolicy.Context;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StandardReconnectPolicy}: what follows each end, after the third
 * failure in a row of each address, where backing off means 4 s and the longest delay is
 * 30 s.
 */
class StandardReconnectPolicyTests {

	private static final RandomGenerator LEAST = () -> 0;

	private static final RandomGenerator MOST = () -> -1;

	/**
	 * Numbers of three digits are HTTP statuses, of four digits close codes. There is one
	 * address, or it is the end of a round over two, or the middle of one: the second
	 * address has yet to be tried. A star stands for every value, in the last column for
	 * all but the middle.
	 */
	private static final String TABLE = """
			1000 1001 1005 1006 1011 1014                           | *   | *   | *      | 4s
			CONNECTION_LOST HEARTBEAT_TIMEOUT SEND_TIMEOUT          | *   | *   | *      | 4s
			1012                                                    | *   | *   | *      | 5s to 30s
			1013                                                    | *   | *   | *      | 30s
			1008 4401 4403 401 403                                  | yes | 1   | *      | 0s to 1s
			1008 4401 4403 401 403                                  | yes | 2 3 | *      | 30s
			1008 4401 4403 401 403                                  | no  | *   | *      | 30s
			1009 MESSAGE_TOO_BIG                                    | *   | *   | *      | 30s
			1002 1003 1007 1010 1015 PROTOCOL_ERROR                 | *   | 1 2 | *      | 4s
			1002 1003 1007 1010 1015 PROTOCOL_ERROR                 | *   | 3 4 | *      | 30s
			HANDSHAKE_INVALID 400 404 405 426                       | *   | 1 2 | *      | 4s
			HANDSHAKE_INVALID 400 404 405 426                       | *   | 3 4 | *      | 30s
			300 301 302 303 307 308                                 | *   | *   | *      | 4s
			408 425 429 500 501 502 503 504 599                     | *   | *   | *      | 4s
			UNKNOWN_HOST CONNECT_FAILED TLS_FAILED CONNECT_TIMEOUT  | *   | *   | *      | 4s
			CUSTOMIZER_FAILED                                       | *   | *   | *      | 4s
			3000 3999 4000 4400 4402 4999 1004 1016 2999            | *   | *   | *      | 4s
			200 402 406 407 409 410 418 451                         | *   | *   | *      | 4s
			WRITE_FAILED CONTROL_OVERFLOW PATTERN_FAILED            | *   | *   | *      | 4s
			INTERNAL_ERROR                                          | *   | *   | *      | 4s
			1000 1001 1005 1006 1011 1013 1014 4000 4999            | *   | *   | middle | 0s
			1012                                                    | *   | *   | middle | 5s to 30s
			1008 4401 4403 401 403 1009 MESSAGE_TOO_BIG             | *   | *   | middle | 0s
			1002 1003 1007 PROTOCOL_ERROR HANDSHAKE_INVALID 404 426 | *   | *   | middle | 0s
			302 408 429 500 503 UNKNOWN_HOST CONNECT_FAILED         | *   | *   | middle | 0s
			TLS_FAILED CONNECT_TIMEOUT CUSTOMIZER_FAILED            | *   | *   | middle | 0s
			""";

	private final StandardReconnectPolicy policy = new StandardReconnectPolicy();

	static Stream<Signal> table() {
		return TABLE.lines().map((line) -> line.split("\\|")).flatMap((row) -> {
			String[] expected = row[4].trim().split(" to ");
			return words(row[0], "").flatMap((signal) -> words(row[1], "yes no")
				.flatMap((customized) -> words(row[2], "1 2 3 4").flatMap((equal) -> words(row[3], "one end")
					.map((round) -> new Signal(signal, customized.equals("yes"), Integer.parseInt(equal), round,
							duration(expected[0]), duration(expected[expected.length - 1]))))));
		});
	}

	private static Stream<String> words(String cell, String all) {
		String words = cell.trim();
		return Arrays.stream((words.equals("*") ? all : words).split(" "));
	}

	private static Duration duration(String text) {
		return Duration.parse("PT" + text);
	}

	@ParameterizedTest
	@MethodSource("table")
	void signalIsFollowedByItsDelay(Signal signal) {
		assertThat(this.policy.next(signal.context(LEAST))).contains(signal.least());
		Duration most = this.policy.next(signal.context(MOST)).orElseThrow();
		assertThat(signal.most().minus(most)).isBetween(Duration.ZERO, Duration.ofNanos(100_000));
	}

	@ParameterizedTest
	@CsvSource({ "408,60s,60s", "425,60s,60s", "429,60s,60s", "500,60s,60s", "503,60s,60s", "599,60s,60s",
			"503,3.999S,4s", "503,4s,4s", "503,4.001s,4.001s", "503,0s,4s", "503,600s,600s", "503,600.001s,600s",
			"503,86400s,600s", "404,60s,4s", "402,60s,4s", "301,60s,4s", "499,60s,4s" })
	void retryAfterIsHonouredUpToTenMinutes(int status, String asked, String delay) {
		Disconnect refused = Disconnect.refused(status, duration(asked));
		assertThat(this.policy.next(context(settings(), refused, 3))).contains(duration(delay));
	}

	@Test
	void unauthorizedDoesNotWaitForRetryAfter() {
		Disconnect refused = Disconnect.refused(401, Duration.ofSeconds(60));
		assertThat(this.policy.next(context(settings(), refused, 3))).contains(Duration.ofSeconds(30));
	}

	@ParameterizedTest
	@CsvSource({ "1,1,false", "3,2,true", "3,3,false", "3,4,false", "1,0,true", "-1,1000000,true" })
	void attemptsEndAtTheirNumber(int maxAttempts, int failures, boolean goesOn) {
		Disconnect failed = Disconnect.of(Kind.CONNECT_FAILED, "refused");
		Reconnect reconnect = reconnect(true, maxAttempts, Set.of(), Set.of());
		assertThat(this.policy.next(context(settings(reconnect), failed, failures)).isPresent()).isEqualTo(goesOn);
	}

	@Test
	void nothingFollowsWhenItIsSwitchedOff() {
		Reconnect off = reconnect(false, -1, Set.of(), Set.of());
		for (Kind kind : Kind.values()) {
			assertThat(this.policy.next(context(settings(off), Disconnect.of(kind, "end"), 0))).isEmpty();
		}
	}

	@Test
	void nothingFollowsWhatAStopRuleNames() {
		ConnectionSettings stops = settings(reconnect(true, -1, Set.of(1000, 4400), Set.of(404, 410)));
		assertThat(this.policy.next(context(stops, Disconnect.peerClosed(1000, ""), 1))).isEmpty();
		assertThat(this.policy.next(context(stops, Disconnect.peerClosed(4400, ""), 0))).isEmpty();
		assertThat(this.policy.next(context(stops, Disconnect.peerClosed(1001, ""), 1))).isPresent();
		assertThat(this.policy.next(context(stops, Disconnect.refused(404, null), 1))).isEmpty();
		assertThat(this.policy.next(context(stops, Disconnect.refused(410, Duration.ofSeconds(5)), 1))).isEmpty();
		assertThat(this.policy.next(context(stops, Disconnect.refused(403, null), 1))).isPresent();
		assertThat(this.policy.next(context(stops, Disconnect.of(Kind.CONNECTION_LOST, "lost"), 1))).isPresent();
	}

	@Test
	void longestDelayIsDrawnToo() {
		ConnectionSettings jittered = settings(new Reconnect(true, Duration.ofSeconds(1), 2, Duration.ofSeconds(30),
				0.5, -1, Duration.ZERO, Set.of(), Set.of()));
		Disconnect tooBig = Disconnect.peerClosed(1009, "");
		assertThat(this.policy.next(context(jittered, tooBig, 1, LEAST))).contains(Duration.ofSeconds(15));
		assertThat(this.policy.next(context(jittered, tooBig, 1, MOST)).orElseThrow())
			.isBetween(Duration.ofMillis(44_999), Duration.ofSeconds(45));
	}

	@Test
	void endOfAStableConnectionWaitsTheFirstDelay() {
		Optional<Duration> next = this.policy.next(context(settings(), Disconnect.peerClosed(1001, ""), 0));
		assertThat(next).contains(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@CsvSource({ "3,1,0s", "3,2,0s", "3,3,1s", "3,4,0s", "3,5,0s", "3,6,2s", "3,9,4s", "2,1,0s", "2,2,1s", "2,4,2s",
			"1,1,1s", "1,2,2s" })
	void backoffCountsRounds(int urls, int failures, String delay) {
		Disconnect failed = Disconnect.of(Kind.CONNECT_FAILED, "refused");
		assertThat(this.policy.next(rounds(failed, failures, urls))).contains(duration(delay));
	}

	@ParameterizedTest
	@CsvSource({ "1001,2,1s", "1006,2,1s", "1008,2,30s", "1009,2,30s", "1013,2,0s", "1013,1,30s" })
	void endOfAStableSocketIsNoPartOfARound(int code, int urls, String delay) {
		assertThat(this.policy.next(rounds(Disconnect.peerClosed(code, ""), 0, urls))).contains(duration(delay));
	}

	@Test
	void whenEveryAddressAsksToBeLeftAloneAllAre() {
		Disconnect tryAgainLater = Disconnect.peerClosed(1013, "");
		assertThat(this.policy.next(rounds(tryAgainLater, 1, 2))).contains(Duration.ZERO);
		assertThat(this.policy.next(rounds(tryAgainLater, 2, 2))).contains(Duration.ofSeconds(30));
		assertThat(this.policy.next(rounds(tryAgainLater, 3, 2))).contains(Duration.ZERO);
	}

	@Test
	void attemptsAreCountedNotRounds() {
		Reconnect three = reconnect(true, 3, Set.of(), Set.of());
		Disconnect failed = Disconnect.of(Kind.CONNECT_FAILED, "refused");
		assertThat(this.policy.next(new Context("prices", settings(three), failed, 2, 2, 2, false, LEAST))).isPresent();
		assertThat(this.policy.next(new Context("prices", settings(three), failed, 3, 3, 2, false, LEAST))).isEmpty();
	}

	private static Context rounds(Disconnect disconnect, int failures, int urls) {
		return new Context("prices", settings(), disconnect, failures, Math.max(1, failures), urls, false, LEAST);
	}

	private static Context context(ConnectionSettings settings, Disconnect disconnect, int failures) {
		return context(settings, disconnect, failures, LEAST);
	}

	private static Context context(ConnectionSettings settings, Disconnect disconnect, int failures,
			RandomGenerator random) {
		return new Context("prices", settings, disconnect, failures, 1, 1, false, random);
	}

	private static ConnectionSettings settings() {
		return settings(reconnect(true, -1, Set.of(), Set.of()));
	}

	private static ConnectionSettings settings(Reconnect reconnect) {
		return ConnectionSettings.builder("prices", URI.create("ws://localhost")).reconnect(reconnect).build();
	}

	private static Reconnect reconnect(boolean enabled, int maxAttempts, Set<Integer> codes, Set<Integer> statuses) {
		return new Reconnect(enabled, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0, maxAttempts, Duration.ZERO,
				codes, statuses);
	}

	/**
	 * One line of the table with one value for each star.
	 *
	 * @param signal a close code, an HTTP status or a kind
	 * @param customized whether a customizer took part
	 * @param equal the equal ends in a row
	 * @param round what is known of a round over several addresses
	 * @param least the shortest delay that may follow
	 * @param most the longest
	 */
	record Signal(String signal, boolean customized, int equal, String round, Duration least, Duration most) {

		Context context(RandomGenerator random) {
			int failures = switch (this.round) {
				case "end" -> 6;
				case "middle" -> 5;
				default -> 3;
			};
			int urls = this.round.equals("one") ? 1 : 2;
			return new Context("prices", settings(), disconnect(), failures, this.equal, urls, this.customized, random);
		}

		private Disconnect disconnect() {
			Integer number = Character.isDigit(this.signal.charAt(0)) ? Integer.valueOf(this.signal) : null;
			if (number == null) {
				return Disconnect.of(Kind.valueOf(this.signal), "end");
			}
			return (number < 1000) ? Disconnect.refused(number, null) : Disconnect.peerClosed(number, "");
		}

		@Override
		public String toString() {
			return String.join(" ", List.of(this.signal, this.customized ? "customized" : "as configured",
					this.equal + " in a row", this.round));
		}

	}

}
