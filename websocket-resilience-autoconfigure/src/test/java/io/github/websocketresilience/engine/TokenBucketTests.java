package io.github.websocketresilience.engine;

import java.time.Duration;

import io.github.websocketresilience.ConnectionSettings.RateLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenBucket}: three in ten seconds.
 */
class TokenBucketTests {

	private static final long PERIOD = Duration.ofSeconds(10).toNanos();

	private final SimulatedTime time = new SimulatedTime(1);

	private final TokenBucket bucket = new TokenBucket(new RateLimit(3, Duration.ofNanos(PERIOD)), this.time);

	@Test
	void asManyAsAllowedAreThereAtOnce() {
		take(3);
		assertThat(this.bucket.timeToNext()).isEqualTo(PERIOD);
	}

	@Test
	void tokenReturnsAPeriodAfterItWasTaken() {
		take(1);
		pass(4);
		take(2);
		assertThat(this.bucket.timeToNext()).isEqualTo(PERIOD - 4);
		pass(PERIOD - 5);
		assertThat(this.bucket.timeToNext()).isEqualTo(1);
		pass(1);
		take(1);
		assertThat(this.bucket.timeToNext()).isEqualTo(4);
		pass(4);
		take(2);
		assertThat(this.bucket.timeToNext()).isEqualTo(PERIOD - 4);
	}

	@Test
	void noPeriodSeesMoreHoweverLongNothingWasTaken() {
		pass(100 * PERIOD);
		take(3);
		pass(PERIOD - 1);
		assertThat(this.bucket.timeToNext()).isEqualTo(1);
		pass(1);
		take(3);
		assertThat(this.bucket.timeToNext()).isEqualTo(PERIOD);
	}

	/**
	 * Take tokens that are there.
	 */
	private void take(int tokens) {
		for (int i = 0; i < tokens; i++) {
			assertThat(this.bucket.timeToNext()).isNotPositive();
			this.bucket.take();
		}
	}

	private void pass(long nanos) {
		this.time.advance(Duration.ofNanos(nanos));
	}

}
