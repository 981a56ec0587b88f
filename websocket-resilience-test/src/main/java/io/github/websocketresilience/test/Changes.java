package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Wakes tests that wait for something the server sees.
 */
final class Changes {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private long count;

	void signal() {
		this.lock.lock();
		try {
			this.count++;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until something can be found. It is looked for outside the lock: a long search
	 * does not hold the server up.
	 * @param <T> its type
	 * @param wanted looks for it, {@code null} while it is not there
	 * @param timeout how long to wait
	 * @param otherwise what to say if it does not come
	 * @return what was found
	 */
	<T> T await(Supplier<? extends @Nullable T> wanted, Duration timeout, Supplier<String> otherwise) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (true) {
			long seen = count();
			T found = wanted.get();
			if (found != null) {
				return found;
			}
			if (!hasChangedSince(seen, deadline)) {
				throw new AssertionError("After " + timeout.toMillis() + " ms: " + otherwise.get());
			}
		}
	}

	private long count() {
		this.lock.lock();
		try {
			return this.count;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait for a change.
	 * @return {@code false} if the time was over
	 */
	private boolean hasChangedSince(long seen, long deadline) {
		this.lock.lock();
		try {
			long remaining = deadline - System.nanoTime();
			while (this.count == seen && remaining > 0) {
				remaining = this.changed.awaitNanos(remaining);
			}
			return remaining > 0;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while waiting", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
