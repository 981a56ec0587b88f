package io.github.websocketresilience.engine;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Real threads that begin together. Waits are bounded and far longer than a loaded
 * machine needs: they end tests that would hang and decide nothing else.
 */
final class Crowd {

	/**
	 * For all of it.
	 */
	static final long PATIENCE_SECONDS = 30;

	/**
	 * For the next step of another thread.
	 */
	static final long STEP_SECONDS = 10;

	private Crowd() {
	}

	/**
	 * Run actions at the same time, each on a thread of its own, until all are done.
	 * @param actions what to run
	 * @throws Exception what the first of them threw that failed
	 */
	static void together(Action... actions) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(actions.length);
		try {
			AtomicInteger missing = new AtomicInteger(actions.length);
			CompletionService<Void> running = new ExecutorCompletionService<>(threads);
			for (Action action : actions) {
				running.submit(() -> {
					missing.decrementAndGet();
					await(() -> missing.get() == 0);
					action.run();
					return null;
				});
			}
			for (int i = 0; i < actions.length; i++) {
				Future<Void> next = running.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
				if (next == null) {
					throw new AssertionError("still running after " + PATIENCE_SECONDS + " s");
				}
				next.get();
			}
		}
		finally {
			close(threads);
		}
	}

	/**
	 * Wait for what another thread is about to do, without giving it time on purpose.
	 * @param condition what is waited for
	 */
	static void await(BooleanSupplier condition) {
		long begun = System.nanoTime();
		for (int i = 1; !condition.getAsBoolean(); i++) {
			if (i % 64 == 0) {
				Thread.yield();
				if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(STEP_SECONDS)
						|| Thread.currentThread().isInterrupted()) {
					throw new AssertionError("waited in vain");
				}
			}
			Thread.onSpinWait();
		}
	}

	/**
	 * Do nothing for a moment, so that others come in between.
	 * @param turns how long
	 */
	static void linger(int turns) {
		for (int i = 0; i < turns; i++) {
			Thread.onSpinWait();
		}
		if (turns % 4 == 3) {
			Thread.yield();
		}
	}

	static void close(ExecutorService threads) {
		threads.shutdownNow();
		try {
			if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("a thread does not end");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("interrupted", ex);
		}
	}

	/**
	 * What one of the threads does.
	 */
	@FunctionalInterface
	interface Action {

		/**
		 * Do it.
		 * @throws Exception to fail the test
		 */
		void run() throws Exception;

	}

}
