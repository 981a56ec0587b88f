package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

	void signal() {
		this.lock.lock();
		try {
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wait until something can be found.
	 * @param <T> its type
	 * @param wanted looks for it, {@code null} while it is not there
	 * @param timeout how long to wait
	 * @param otherwise what to say if it does not come
	 * @return what was found
	 */
	<T> T await(Supplier<? extends @Nullable T> wanted, Duration timeout, Supplier<String> otherwise) {
		this.lock.lock();
		try {
			long remaining = timeout.toNanos();
			T found = wanted.get();
			while (found == null && remaining > 0) {
				remaining = this.changed.awaitNanos(remaining);
				found = wanted.get();
			}
			if (found == null) {
				throw new AssertionError(
						"After " + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos()) + " ms: " + otherwise.get());
			}
			return found;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted: " + otherwise.get(), ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
