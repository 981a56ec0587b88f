package io.github.websocketresilience.engine;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs {@link Simulation}s. The seeds follow from the commit, so every commit sees other
 * lives and anybody can repeat them. {@code -Dsim.seeds=100000} runs more,
 * {@code -Dsim.base=1} begins elsewhere, {@code -Dsim.seed=4711} repeats one seed and
 * logs its trace.
 */
class SimulationTests {

	private static final Logger logger = LoggerFactory.getLogger(SimulationTests.class);

	private static final long WITHOUT_GIT = 20_261_120;

	@Test
	@Timeout(value = 6, unit = TimeUnit.HOURS)
	void invariantsHold() {
		long base = Long.getLong("sim.base", baseSeed());
		int seeds = Integer.getInteger("sim.seeds", 2000);
		logger.info("{} simulations from seed {} on", seeds, base);
		for (long seed = base; seed < base + seeds; seed++) {
			new Simulation(seed).run();
		}
	}

	@Test
	void oneSeedIsOneLife() {
		long base = Long.getLong("sim.base", baseSeed());
		for (long seed = base; seed < base + 20; seed++) {
			Trace trace = new Simulation(seed).run();
			assertThat(trace.size()).as("seed %s", seed).isGreaterThan(100);
			assertThat(new Simulation(seed).run()).as("seed %s", seed).isEqualTo(trace);
		}
	}

	@Test
	@EnabledIfSystemProperty(named = "sim.seed", matches = "-?\\d+")
	void repeatedSeed() {
		Simulation simulation = new Simulation(Long.getLong("sim.seed"));
		try {
			simulation.run();
		}
		finally {
			logger.info("trace:{}{}", System.lineSeparator(), simulation.trace());
		}
	}

	private static long baseSeed() {
		try {
			Process git = new ProcessBuilder("git", "rev-parse", "HEAD").redirectErrorStream(true).start();
			String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			return commit.matches("[0-9a-f]{40,64}") ? new BigInteger(commit, 16).intValue() : WITHOUT_GIT;
		}
		catch (IOException ex) {
			return WITHOUT_GIT;
		}
	}

}
