package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * Completes futures that users hold, on the completions group. What depends on one of
 * them may block, even for another of the same batch: so before a worker completes the
 * first of several it asks for a stand-by, which takes whatever is left.
 */
final class Completions {

	private final Workers workers;

	Completions(Workers workers) {
		this.workers = workers;
	}

	void succeed(CompletableFuture<Void> future) {
		submit(List.of(future), null);
	}

	void succeed(List<CompletableFuture<Void>> futures) {
		submit(futures, null);
	}

	<T> void complete(CompletableFuture<T> future, T value) {
		this.workers.completions(() -> future.complete(value));
	}

	void fail(List<? extends CompletableFuture<?>> futures, Throwable failure) {
		submit(futures, failure);
	}

	private void submit(List<? extends CompletableFuture<?>> futures, @Nullable Throwable failure) {
		if (!futures.isEmpty()) {
			this.workers.completions(new Batch(futures, failure));
		}
	}

	private final class Batch implements Runnable {

		private final List<? extends CompletableFuture<?>> futures;

		private final @Nullable Throwable failure;

		private final AtomicInteger next = new AtomicInteger();

		private Batch(List<? extends CompletableFuture<?>> futures, @Nullable Throwable failure) {
			this.futures = futures;
			this.failure = failure;
		}

		@Override
		public void run() {
			if (this.next.get() + 1 < this.futures.size()) {
				Completions.this.workers.completions(this);
			}
			for (int i = this.next.getAndIncrement(); i < this.futures.size(); i = this.next.getAndIncrement()) {
				complete(this.futures.get(i));
			}
		}

		private void complete(CompletableFuture<?> future) {
			if (this.failure != null) {
				future.completeExceptionally(this.failure);
			}
			else {
				future.complete(null);
			}
		}

	}

}
