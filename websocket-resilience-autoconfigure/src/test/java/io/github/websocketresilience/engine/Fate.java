package io.github.websocketresilience.engine;

import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.SendFailedException;

/**
 * What became of a message, as the user sees it.
 */
final class Fate {

	private final CompletableFuture<Void> future;

	private int completions;

	private String outcome = "pending";

	private Fate(CompletableFuture<Void> future) {
		this.future = future;
	}

	/**
	 * Watch a future.
	 */
	static Fate of(CompletableFuture<Void> future) {
		Fate result = new Fate(future);
		future.whenComplete((nothing, failure) -> {
			result.completions++;
			result.outcome = (failure instanceof SendFailedException failed) ? failed.reason().name()
					: (failure != null) ? failure.toString() : "sent";
		});
		return result;
	}

	CompletableFuture<Void> future() {
		return this.future;
	}

	/**
	 * Return how often it was told.
	 */
	int completions() {
		return this.completions;
	}

	/**
	 * Return {@code pending}, {@code sent} or the reason of its failure.
	 */
	@Override
	public String toString() {
		return this.outcome;
	}

}
