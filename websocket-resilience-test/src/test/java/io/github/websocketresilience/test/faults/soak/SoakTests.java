package io.github.websocketresilience.test.faults.soak;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty connections with all kinds of settings under all kinds of faults, for seconds in
 * the build, and for half an hour with {@code -Dgroups=long -Dtest=SoakTests}
 * ({@code -Dsoak.minutes}, {@code -Dsoak.seed}).
 */
@Execution(ExecutionMode.CONCURRENT)
class SoakTests {

	private static final int MINUTES = 30;

	@Test
	@Tag("faults")
	@Timeout(value = 5, unit = TimeUnit.MINUTES)
	void promisesHoldForSeconds() {
		run(Pace.brief(), Path.of("target", "soak-brief"));
	}

	@Test
	@Tag("long")
	@Timeout(value = 12, unit = TimeUnit.HOURS)
	void promisesHoldForHalfAnHour() {
		run(Pace.of(Long.getLong("soak.seed", System.nanoTime()), Integer.getInteger("soak.minutes", MINUTES)),
				Path.of("target"));
	}

	private static void run(Pace pace, Path directory) {
		try (Soak soak = new Soak(pace, directory)) {
			assertThat(soak.run()).as("seed %d", pace.seed()).isEmpty();
		}
	}

}
