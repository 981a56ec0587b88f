package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The port to clock, timers and randomness. Every method returns at once and may be
 * called from any thread.
 */
public interface Time {

	/**
	 * Return the monotonic time. Only differences mean something.
	 * @return nanoseconds
	 */
	long nanoTime();

	/**
	 * Return the wall-clock time, for people to read.
	 * @return now
	 */
	Instant now();

	/**
	 * Run a task once, not before the delay is over. Tasks of equal time run in the order
	 * in which they were scheduled. The task neither blocks nor throws.
	 * @param name what it is for, in a word or two
	 * @param delayNanos nanoseconds from now; zero or less for at once, but never inside
	 * this call
	 * @param task the task
	 * @return cancels the task if it has not begun
	 */
	Scheduled schedule(String name, long delayNanos, Runnable task);

	/**
	 * Return where randomness comes from.
	 * @return a generator that may be used from any thread
	 */
	RandomGenerator random();

	/**
	 * A task that is to run.
	 */
	interface Scheduled {

		/**
		 * Do not run it. Does nothing if it has begun or ended; it may be about to begin.
		 */
		void cancel();

	}

}
