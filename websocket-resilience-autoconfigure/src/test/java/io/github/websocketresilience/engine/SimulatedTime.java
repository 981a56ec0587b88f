package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Time that passes only when told to: one number behind the clock and all timers, and a
 * seed behind the random numbers. As harsh as the port allows: a task that is cancelled
 * after it fired runs all the same, and {@link #nanoTime()} overflows on the way.
 */
final class SimulatedTime implements Time {

	static final long NEVER = Long.MAX_VALUE;

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	/**
	 * The monotonic clock becomes negative after 20 s: only differences mean something.
	 */
	private static final long ORIGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(20);

	private static final int TOO_MANY = 100_000;

	private final TreeSet<Task> scheduled = new TreeSet<>(
			Comparator.<Task>comparingLong((task) -> task.at).thenComparingLong((task) -> task.sequence));

	private final Deque<Task> fired = new ArrayDeque<>();

	private final List<Stall> stalls = new ArrayList<>();

	private final SplittableRandom random;

	private long elapsed;

	private long sequence;

	SimulatedTime(long seed) {
		this.random = new SplittableRandom(seed);
	}

	@Override
	public long nanoTime() {
		return ORIGIN + this.elapsed;
	}

	@Override
	public Instant now() {
		return START.plusNanos(this.elapsed);
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

	@Override
	public Scheduled schedule(String name, long delayNanos, Runnable task) {
		long delay = Math.min(Math.max(delayNanos, 0), NEVER - 1 - this.elapsed);
		Task result = new Task(name, this.elapsed + delay, this.sequence++, task);
		this.scheduled.add(result);
		return result;
	}

	/**
	 * Return the time that has passed since the beginning.
	 */
	long elapsed() {
		return this.elapsed;
	}

	/**
	 * Return how much time had passed at an instant.
	 */
	long elapsedAt(Instant instant) {
		return Duration.between(START, instant).toNanos();
	}

	/**
	 * Return the names of the tasks that are still to run, in order.
	 */
	List<String> pending() {
		List<String> result = new ArrayList<>(this.fired.size() + this.scheduled.size());
		for (Task task : this.fired) {
			if (!task.cancelled) {
				result.add(task.name);
			}
		}
		for (Task task : this.scheduled) {
			result.add(task.name);
		}
		return result;
	}

	/**
	 * Return how long until the first task of that name runs, {@link #NEVER} if there is
	 * none.
	 */
	long delayOf(String name) {
		for (Task task : this.scheduled) {
			if (task.name.equals(name)) {
				return task.at - this.elapsed;
			}
		}
		return NEVER;
	}

	/**
	 * Return when the next task fires, {@link #NEVER} if none is scheduled.
	 */
	long nextAt() {
		return this.scheduled.isEmpty() ? NEVER : this.scheduled.first().at;
	}

	boolean isDue() {
		return nextAt() <= this.elapsed;
	}

	boolean hasFired() {
		return !this.fired.isEmpty();
	}

	/**
	 * Take the next due task off the schedule, as a timer thread does right before it
	 * runs it.
	 * @return the name of the task
	 */
	String fire() {
		check(isDue(), "no task is due");
		Task task = this.scheduled.pollFirst();
		this.fired.add(task);
		return task.name;
	}

	/**
	 * Return the name of the task that fired first.
	 */
	String fired() {
		return this.fired.element().name;
	}

	/**
	 * Return whether the task that fired first was cancelled since.
	 */
	boolean isFiredCancelled() {
		return this.fired.element().cancelled;
	}

	/**
	 * Run the task that fired first.
	 */
	void runFired() {
		Task task = this.fired.remove();
		task.begun = true;
		task.action.run();
	}

	/**
	 * Let time pass without running anything. No task may become overdue.
	 * @param at the time to reach
	 */
	void moveTo(long at) {
		check(at >= this.elapsed, "time does not run backwards");
		check(!hasFired() && !(isDue() && at > this.elapsed) && at <= nextAt(), "a task would run late");
		this.elapsed = at;
	}

	/**
	 * Let time pass during which this process is stopped: nothing runs, and tasks become
	 * overdue.
	 * @param nanos how long
	 */
	void stall(long nanos) {
		this.elapsed += nanos;
		this.stalls.add(new Stall(this.elapsed, nanos));
	}

	boolean wasStalled() {
		return !this.stalls.isEmpty();
	}

	/**
	 * Return how much time has passed since a moment, stalls excluded that were not over
	 * then.
	 * @param moment the time that had passed then
	 */
	long runningSince(long moment) {
		long result = this.elapsed - moment;
		for (Stall stall : this.stalls) {
			result -= (stall.until() > moment) ? stall.nanos() : 0;
		}
		return result;
	}

	/**
	 * Run all tasks that are due, also those that become due by it.
	 */
	void runDue() {
		for (int i = 0; hasFired() || isDue(); i++) {
			check(i < TOO_MANY, "tasks are due for ever: " + pending());
			if (!hasFired()) {
				fire();
			}
			runFired();
		}
	}

	/**
	 * Let time pass and run every task at its time.
	 * @param duration how long
	 */
	void advance(Duration duration) {
		long end = this.elapsed + duration.toNanos();
		runDue();
		while (nextAt() <= end) {
			moveTo(nextAt());
			runDue();
		}
		moveTo(end);
	}

	private static void check(boolean condition, String message) {
		if (!condition) {
			throw new IllegalStateException(message);
		}
	}

	private final class Task implements Scheduled {

		private final String name;

		private final long at;

		private final long sequence;

		private final Runnable action;

		private boolean cancelled;

		private boolean begun;

		private Task(String name, long at, long sequence, Runnable action) {
			this.name = name;
			this.at = at;
			this.sequence = sequence;
			this.action = action;
		}

		@Override
		public void cancel() {
			if (!this.begun) {
				this.cancelled = true;
				SimulatedTime.this.scheduled.remove(this);
			}
		}

	}

	/**
	 * A time during which this process was stopped.
	 *
	 * @param until its end
	 * @param nanos how long it took
	 */
	private record Stall(long until, long nanos) {
	}

}
