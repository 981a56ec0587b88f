package io.github.websocketresilience.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The thread of decisions of one connection: runs tasks one at a time in the order of
 * submission, on whichever thread came first, and never inside another task. Tasks do not
 * block; what they throw goes to one place.
 */
final class SerialExecutor {

	private final Queue<Runnable> tasks;

	private final AtomicReference<@Nullable Thread> drainer = new AtomicReference<>();

	private final Consumer<Throwable> failures;

	SerialExecutor(Consumer<Throwable> failures) {
		this(failures, new ConcurrentLinkedQueue<>());
	}

	/**
	 * Create an executor on a given thread-safe queue.
	 */
	SerialExecutor(Consumer<Throwable> failures, Queue<Runnable> tasks) {
		this.failures = failures;
		this.tasks = tasks;
	}

	void execute(Runnable task) {
		this.tasks.add(task);
		drainAll();
	}

	private void drainAll() {
		boolean done = false;
		try {
			// A task that was added while the drainer gave up its role is seen here
			// again.
			while (!this.tasks.isEmpty() && this.drainer.compareAndSet(null, Thread.currentThread())) {
				try {
					drain();
				}
				finally {
					this.drainer.set(null);
				}
			}
			done = true;
		}
		finally {
			if (!done) {
				// Whoever is told of failures has failed: the tasks after it run first.
				drainAll();
			}
		}
	}

	private void drain() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				this.failures.accept(ex);
			}
		}
	}

	boolean isInside() {
		return this.drainer.get() == Thread.currentThread();
	}

	boolean isIdle() {
		return this.drainer.get() == null && this.tasks.isEmpty();
	}

	void assertInside() {
		if (!isInside()) {
			throw new IllegalStateException("not inside the serial executor");
		}
	}

}
