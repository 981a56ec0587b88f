package io.github.websocketresilience.transport;

import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.engine.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The real clock, with one daemon timer thread, {@code ws-timer}, for all connections. It
 * may run non-blocking tasks only. After {@link #close()} what is scheduled never runs.
 */
public final class SystemTime implements Time, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(SystemTime.class);

	// Unlike a Random shared by all connections this one is not contended.
	private static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

	private final ScheduledThreadPoolExecutor timer;

	/**
	 * Create the clock. Its thread begins with the first task.
	 */
	public SystemTime() {
		this.timer = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "ws-timer");
			thread.setDaemon(true);
			return thread;
		});
		// A connection schedules and cancels all its life; what was cancelled must not
		// stay until its time has come.
		this.timer.setRemoveOnCancelPolicy(true);
		this.timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Instant now() {
		return Instant.now();
	}

	@Override
	public Scheduled schedule(String name, long delayNanos, Runnable task) {
		try {
			Future<?> future = this.timer.schedule(() -> run(name, task), delayNanos, TimeUnit.NANOSECONDS);
			return () -> future.cancel(false);
		}
		catch (RejectedExecutionException ex) {
			logger.debug("Timer is closed, task '{}' does not run", name);
			return () -> {
			};
		}
	}

	@Override
	public RandomGenerator random() {
		return RANDOM;
	}

	/**
	 * End the timer thread. Tasks that have not begun are dropped.
	 */
	@Override
	public void close() {
		this.timer.shutdown();
	}

	int waitingTasks() {
		return this.timer.getQueue().size();
	}

	private static void run(String name, Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			// The future that holds it is asked by nobody.
			logger.error("Timer task '{}' failed", name, ex);
		}
	}

}
