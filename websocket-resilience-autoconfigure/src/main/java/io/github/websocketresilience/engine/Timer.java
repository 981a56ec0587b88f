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

	Timer(String name, Time time, SerialExecutor serial, Runnable task) {
		this.name = name;
		this.time = time;
		this.serial = serial;
		this.task = task;
	}

	void arm(long delayNanos) {
		cancel();
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

	private void fire(Shot fired) {
		if (fired == this.shot) {
			this.shot = null;
			this.task.run();
		}
	}

	private static final class Shot {

		private Time.@Nullable Scheduled scheduled;

	}

}
