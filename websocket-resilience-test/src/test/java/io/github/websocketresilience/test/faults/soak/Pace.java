package io.github.websocketresilience.test.faults.soak;

import java.time.Duration;

/**
 * How long a run takes, and how often something happens.
 *
 * @param seed what is drawn follows from it
 * @param warmUp faults before the first look at what is used
 * @param duration faults after it
 * @param interval from a fault to the next
 * @param settling rest before a look at what is used
 * @param sample time between two looks under faults
 */
record Pace(long seed, Duration warmUp, Duration duration, Duration interval, Duration settling, Duration sample) {

	/**
	 * The container lets go of a socket after some seconds.
	 * @return how many more there may be than before
	 */
	int descriptorSlack() {
		return rests() ? 4 : 20;
	}

	/**
	 * Whether idle threads and sockets have the time to end before a look.
	 */
	boolean rests() {
		return this.settling.toSeconds() > 60;
	}

	/**
	 * Some seconds, with each fault once at least.
	 */
	static Pace brief() {
		return new Pace(20260101, Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofMillis(70),
				Duration.ofSeconds(2), Duration.ofMinutes(1));
	}

	/**
	 * As long as asked for. Idle threads and sockets end within a minute, which is the
	 * rest.
	 * @param seed the seed
	 * @param minutes how long faults are done after the warm-up
	 */
	static Pace of(long seed, int minutes) {
		return new Pace(seed, Duration.ofSeconds(30), Duration.ofMinutes(minutes), Duration.ofMillis(250),
				Duration.ofSeconds(65), Duration.ofMinutes(Math.max(1, Math.min(5, minutes / 3))));
	}

}
