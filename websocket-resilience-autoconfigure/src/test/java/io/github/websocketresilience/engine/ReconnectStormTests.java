package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand connections that lose their server in the same instant do not come back in
 * the same instant, neither while it is gone nor when it returns. Prints what it
 * measures, next to what follows from the settings.
 */
class ReconnectStormTests {

	private static final int CONNECTIONS = 1000;

	private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);

	/** Until then the longest delay is reached, and the phases have drifted apart. */
	private static final Duration OUTAGE = Duration.ofMinutes(2);

	/** What is rarer than this is no chance. */
	private static final double RARE = 1e-9;

	private static final double RARE_SIGMAS = 6;

	private static final int SHOWN = 8;

	@ParameterizedTest
	@CsvSource(textBlock = """
			# seed, delay, multiplier, max-delay, jitter
			1,      PT1S,  2,          PT30S,     0.5
			2,      PT5S,  1,          PT5S,      0.2
			3,      PT2S,  3,          PT30S,     1
			""")
	void attemptsOfAThousandConnectionsAreSpreadAsTheSettingsSay(long seed, Duration delay, double multiplier,
			Duration maxDelay, double jitter) {
		Reconnect reconnect = new Reconnect(true, delay, multiplier, maxDelay, jitter, -1, Duration.ofSeconds(10),
				Set.of(), Set.of());
		Storm storm = new Storm(seed, CONNECTIONS, reconnect);
		storm.open();
		storm.loseServer();
		storm.advance(OUTAGE);
		assertThat(assertWaves(storm, reconnect)).as("complete waves").isGreaterThan(4);
		int attempts = storm.attempts().length;
		storm.returnServer();
		Duration longest = maxDelay.plusNanos((long) (maxDelay.toNanos() * jitter));
		storm.advance(longest.plusNanos(2 * Script.MS));
		assertThat(storm.count(ConnectionState.OPEN)).isEqualTo(CONNECTIONS);
		assertThat(storm.attempts()).as("one attempt of each is enough").hasSize(attempts + CONNECTIONS);
		assertRejoin(storm.opens(), maxDelay, longest);
	}

	private static int assertWaves(Storm storm, Reconnect reconnect) {
		System.out.printf("== %d connections lose their server: delay %s, multiplier %s, max-delay %s, jitter %s%n",
				CONNECTIONS, reconnect.delay(), reconnect.multiplier(), reconnect.maxDelay(), reconnect.jitter());
		int wave = 1;
		for (; storm.wave(wave).length == CONNECTIONS; wave++) {
			// The end of a stable connection is no failure: the first delay comes twice.
			double grown = reconnect.delay().toNanos() * Math.pow(reconnect.multiplier(), Math.max(0, wave - 2));
			double mean = Math.min(grown, reconnect.maxDelay().toNanos());
			assertWave(storm, wave, mean, mean * reconnect.jitter());
		}
		return wave - 1;
	}

	private static void assertWave(Storm storm, int wave, double mean, double spread) {
		long[] delays = storm.delays(wave);
		double measured = Arrays.stream(delays).average().orElseThrow();
		int most = mostInWindow(storm.wave(wave));
		// Whatever came before, the last delay spreads the attempts over its range.
		int bound = most(CONNECTIONS * WINDOW / (2 * spread));
		if (wave <= SHOWN) {
			System.out.printf("== attempt %d | after %.2f s (%.2f) | at most %d in 100 ms (%d)%n", wave, measured / 1e9,
					mean / 1e9, most, bound);
		}
		assertThat(delays[0]).as("shortest delay of attempt %d", wave).isGreaterThanOrEqualTo((long) (mean - spread));
		assertThat(delays[CONNECTIONS - 1]).as("longest delay of attempt %d", wave)
			.isLessThanOrEqualTo((long) (mean + spread));
		double deviation = RARE_SIGMAS * spread / Math.sqrt(3) / Math.sqrt(CONNECTIONS);
		assertThat(measured).as("mean delay of attempt %d", wave).isBetween(mean - deviation, mean + deviation);
		assertThat(most).as("attempts %d in 100 ms", wave).isLessThanOrEqualTo(bound);
	}

	/**
	 * After a long outage those who wait are anywhere in their delay. What is left of the
	 * waves at the beginning may make it twice as dense.
	 */
	private static void assertRejoin(long[] opens, Duration maxDelay, Duration longest) {
		int most = mostInWindow(opens);
		int bound = most(2.0 * CONNECTIONS * WINDOW / maxDelay.toNanos());
		System.out.printf("== open again | %.2f s after the return (%.2f) | at most %d in 100 ms (%d)%n",
				(opens[CONNECTIONS - 1] - OUTAGE.toNanos()) / 1e9, longest.toNanos() / 1e9, most, bound);
		assertThat(opens).hasSize(CONNECTIONS);
		assertThat(most).as("opens in 100 ms").isLessThanOrEqualTo(bound);
	}

	/**
	 * Return what a number does not exceed by chance of which the mean is known
	 * (Poisson).
	 */
	private static int most(double mean) {
		double probability = Math.exp(-mean);
		double left = 1 - probability;
		int number = 0;
		while (left > RARE) {
			number++;
			probability *= mean / number;
			left -= probability;
		}
		return number;
	}

	private static int mostInWindow(long[] times) {
		int most = 0;
		int first = 0;
		for (int last = 0; last < times.length; last++) {
			while (times[last] - times[first] >= WINDOW) {
				first++;
			}
			most = Math.max(most, last - first + 1);
		}
		return most;
	}

}
