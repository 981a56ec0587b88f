package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ConnectionSettings.Reconnect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExponentialBackoff}.
 */
class ExponentialBackoffTests {

	@ParameterizedTest
	@CsvSource({ "0,1", "1,1", "2,2", "3,4", "4,8", "5,16", "6,30", "7,30", "1000,30", "2147483647,30" })
	void delayGrowsUpToTheLongest(int failures, int seconds) {
		ExponentialBackoff backoff = backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0, () -> 0);
		assertThat(backoff.after(failures)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@ParameterizedTest
	@CsvSource({ "1", "2", "100", "2147483647" })
	void multiplierOneIsAFixedDelay(int failures) {
		ExponentialBackoff backoff = backoff(Duration.ofMillis(250), 1, Duration.ofSeconds(30), 0, () -> 0);
		assertThat(backoff.after(failures)).isEqualTo(Duration.ofMillis(250));
	}

	@ParameterizedTest
	@CsvSource({ "1,500,1500", "2,1000,3000", "6,15000,45000", "1000,15000,45000" })
	void jitterIsDrawnAroundTheDelayAtTheCapToo(int failures, long least, long most) {
		assertThat(jittered(0.5, () -> 0).after(failures)).isEqualTo(Duration.ofMillis(least));
		assertThat(jittered(0.5, () -> -1).after(failures)).isBetween(Duration.ofMillis(most).minusNanos(100_000),
				Duration.ofMillis(most));
		assertThat(jittered(0.5, () -> Long.MIN_VALUE).after(failures))
			.isEqualTo(Duration.ofMillis((least + most) / 2));
	}

	@Test
	void fullJitterReachesFromZeroToTwiceTheDelay() {
		assertThat(jittered(1, () -> 0).after(1)).isZero();
		assertThat(jittered(1, () -> -1).after(1)).isBetween(Duration.ofMillis(1999), Duration.ofSeconds(2));
	}

	@Test
	void delaysOfManyClientsSpreadOverTheWholeRange() {
		RandomGenerator random = new SplittableRandom(1);
		int[] tenths = new int[10];
		for (int i = 0; i < 1000; i++) {
			long millis = jittered(0.5, random).after(100).toMillis();
			tenths[(int) ((millis - 15_000) / 3000)]++;
		}
		assertThat(Arrays.stream(tenths).boxed()).allSatisfy((count) -> assertThat(count).isBetween(50, 150));
	}

	@Test
	void longestIsDrawnToo() {
		assertThat(jittered(0.5, () -> 0).longest()).isEqualTo(Duration.ofSeconds(15));
		assertThat(backoff(Duration.ZERO, 2, Duration.ofSeconds(30), 0, () -> 0).longest())
			.isEqualTo(Duration.ofSeconds(30));
	}

	@Test
	void zeroDelayStaysZero() {
		assertThat(backoff(Duration.ZERO, 2, Duration.ofSeconds(30), 0.5, () -> -1).after(50)).isZero();
	}

	@Test
	void longestPossibleDelayDoesNotOverflow() {
		Duration year = Duration.ofDays(365);
		assertThat(backoff(year, 1000, year, 1, () -> -1).after(Integer.MAX_VALUE)).isBetween(year,
				year.multipliedBy(2));
	}

	@Test
	void betweenReachesBothEnds() {
		Duration least = Duration.ofSeconds(5);
		Duration most = Duration.ofSeconds(30);
		assertThat(jittered(0.5, () -> 0).between(least, most)).isEqualTo(least);
		assertThat(jittered(0.5, () -> -1).between(least, most)).isBetween(most.minusNanos(100_000), most);
	}

	private static ExponentialBackoff jittered(double jitter, RandomGenerator random) {
		return backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), jitter, random);
	}

	private static ExponentialBackoff backoff(Duration delay, double multiplier, Duration maxDelay, double jitter,
			RandomGenerator random) {
		return new ExponentialBackoff(
				new Reconnect(true, delay, multiplier, maxDelay, jitter, -1, Duration.ZERO, Set.of(), Set.of()),
				random);
	}

}
