package io.github.websocketresilience.engine;

import org.jspecify.annotations.Nullable;

/**
 * One timer whose task runs in the serial executor. A shot that was cancelled after it
 * fired but before it ran does not run.
 */
final class Timer {

	private final String name;

	private final Time time;

	private final SerialExecutor serial;

	private final Runnable task;

	private @Nullable Shot shot;

	private long dueAt;

	private long late;

	Timer(String name, Time time, SerialExecutor serial, Runnable task) {
		this.name = name;
		this.time = time;
		this.serial = serial;
		this.task = task;
	}

	void arm(long delayNanos) {
		cancel();
		this.dueAt = this.time.nanoTime() + Math.max(0, delayNanos);
		Shot next = new Shot();
		this.shot = next;
		next.scheduled = this.time.schedule(this.name, Math.max(0, delayNanos),
				() -> this.serial.execute(() -> fire(next)));
	}

	void cancel() {
		this.serial.assertInside();
		Shot old = this.shot;
		this.shot = null;
		if (old != null && old.scheduled != null) {
			old.scheduled.cancel();
		}
	}

	boolean isArmed() {
		return this.shot != null;
	}

	/**
	 * Return by how much the shot that is armed is overdue, or the one whose task runs
	 * was: by more than a little only if this process was stopped or starved.
	 * @return nanoseconds, negative before it is due
	 */
	long lateBy() {
		return (this.shot != null) ? this.time.nanoTime() - this.dueAt : this.late;
	}

	private void fire(Shot fired) {
		if (fired == this.shot) {
			this.late = lateBy();
			this.shot = null;
			try {
				this.task.run();
			}
			finally {
				this.late = 0;
			}
		}
	}

	private static final class Shot {

		private Time.@Nullable Scheduled scheduled;

	}

}
