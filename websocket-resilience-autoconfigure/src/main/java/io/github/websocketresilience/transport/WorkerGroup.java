package io.github.websocketresilience.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.task.VirtualThreadTaskExecutor;

/**
 * Threads of one purpose: virtual ones without a limit, or 0 to n daemon threads that end
 * when idle, with an unbounded queue before them. After {@link #close()} what was
 * accepted still runs and what comes is discarded.
 */
final class WorkerGroup implements Executor, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(WorkerGroup.class);

	private static final long IDLE_SECONDS = 10;

	private final String name;

	private final Executor threads;

	private volatile boolean closed;

	private WorkerGroup(String name, Executor threads) {
		this.name = name;
		this.threads = threads;
	}

	static WorkerGroup virtual(String name) {
		return new WorkerGroup(name, new VirtualThreadTaskExecutor(name + "-"));
	}

	/**
	 * Create a group of platform threads.
	 * @param name what the names of its threads begin with
	 * @param limit how many there may be
	 * @return the group
	 */
	static WorkerGroup platform(String name, int limit) {
		AtomicInteger number = new AtomicInteger();
		ThreadFactory factory = (task) -> {
			Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
		// A pool asks for a thread beyond its core only when the queue refuses, so with a
		// plain unbounded queue it never has one; and up to its core it starts a thread
		// for each task, idle ones or not. So: no core, a queue that takes a task at once
		// only into the hands of an idle thread, and what is refused at the limit waits.
		return new WorkerGroup(name, new ThreadPoolExecutor(0, limit, IDLE_SECONDS, TimeUnit.SECONDS,
				new HandOverQueue(), factory, WorkerGroup::enqueue));
	}

	@Override
	public void execute(Runnable task) {
		if (this.closed) {
			logger.debug("Group '{}' is closed, a task does not run", this.name);
			return;
		}
		Runnable contained = () -> run(task);
		try {
			this.threads.execute(contained);
		}
		catch (OutOfMemoryError ex) {
			// The system grants no further thread: one that is there will come to it.
			if (!(this.threads instanceof ThreadPoolExecutor pool) || pool.getPoolSize() == 0) {
				throw ex;
			}
			logger.error("Group '{}' cannot start a thread, a task waits", this.name, ex);
			pool.getQueue().add(contained);
		}
	}

	@Override
	public void close() {
		this.closed = true;
		if (this.threads instanceof ThreadPoolExecutor pool) {
			pool.shutdown();
		}
	}

	/**
	 * Keep no idle thread any more. What comes still runs.
	 */
	void retire() {
		if (this.threads instanceof ThreadPoolExecutor pool) {
			pool.setKeepAliveTime(0, TimeUnit.SECONDS);
		}
	}

	private static void enqueue(Runnable task, ThreadPoolExecutor pool) {
		if (pool.isShutdown()) {
			return;
		}
		pool.getQueue().add(task);
		// The last thread may have gone idle for good just before.
		if (pool.getPoolSize() == 0 && pool.getQueue().remove(task)) {
			pool.execute(task);
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A task of group '{}' failed", this.name, ex);
		}
	}

	@SuppressWarnings("serial") // of a pool's private queue
	private static final class HandOverQueue extends LinkedTransferQueue<Runnable> {

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		@Override
		public boolean add(Runnable task) {
			return super.offer(task);
		}

	}

}
