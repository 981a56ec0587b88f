package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Counts what is scheduled, and keeps the newest task of each name, also when it was
 * cancelled: a timer thread that had already taken it off its schedule runs it late.
 */
final class RecordingTime implements Time {

	private final SimulatedTime time;

	private final Map<String, Runnable> newest = new HashMap<>();

	private @Nullable RandomGenerator random;

	private int schedules;

	private String broken = "";

	private @Nullable Runnable meanwhile;

	RecordingTime(SimulatedTime time) {
		this.time = time;
	}

	@Override
	public long nanoTime() {
		Runnable action = this.meanwhile;
		this.meanwhile = null;
		if (action != null) {
			action.run();
		}
		return this.time.nanoTime();
	}

	@Override
	public Instant now() {
		return this.time.now();
	}

	@Override
	public Scheduled schedule(String name, long delayNanos, Runnable task) {
		if (name.equals(this.broken)) {
			throw new IllegalStateException("broken");
		}
		this.schedules++;
		this.newest.put(name, task);
		return this.time.schedule(name, delayNanos, task);
	}

	@Override
	public RandomGenerator random() {
		return (this.random != null) ? this.random : this.time.random();
	}

	/**
	 * Let chance be something else than the seed's.
	 */
	void random(RandomGenerator random) {
		this.random = random;
	}

	/**
	 * Let something happen right before the time is asked for next, as if by another
	 * thread.
	 */
	void meanwhile(Runnable action) {
		this.meanwhile = action;
	}

	/**
	 * Return how often anything was scheduled.
	 */
	int schedules() {
		return this.schedules;
	}

	/**
	 * Let tasks of a name not be scheduled, which the port forbids.
	 */
	void breakAt(String name) {
		this.broken = name;
	}

	/**
	 * Run the newest task of a name, though it was cancelled or has run.
	 */
	void runLate(String name) {
		Runnable task = this.newest.get(name);
		if (task != null) {
			task.run();
		}
	}

}
