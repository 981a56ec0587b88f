package io.github.websocketresilience.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * Workers with real threads, as many as it takes. A task that throws is a bug of whoever
 * submitted it and fails the test in {@link #close()}.
 */
final class RealWorkers implements Workers, AutoCloseable {

	private final ExecutorService io = Executors.newCachedThreadPool();

	private final ExecutorService listeners = Executors.newCachedThreadPool();

	private final ExecutorService completions = Executors.newCachedThreadPool();

	private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

	@Override
	public void io(Runnable task) {
		submit(this.io, task);
	}

	@Override
	public void listeners(String connection, Runnable task) {
		submit(this.listeners, task);
	}

	@Override
	public void completions(Runnable task) {
		submit(this.completions, task);
	}

	private void submit(ExecutorService threads, Runnable task) {
		try {
			threads.execute(() -> run(task));
		}
		catch (RejectedExecutionException ex) {
			// Stand-ins may still ask for the next when nothing is left to do.
			if (!threads.isShutdown()) {
				throw ex;
			}
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			this.thrown.add(ex);
		}
	}

	@Override
	public void retain() {
	}

	@Override
	public void release() {
	}

	@Override
	public void close() {
		Crowd.close(this.io);
		Crowd.close(this.listeners);
		Crowd.close(this.completions);
		Throwable first = this.thrown.peek();
		if (first != null) {
			throw new AssertionError("a worker's task threw", first);
		}
	}

}
