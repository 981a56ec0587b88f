package io.github.websocketresilience.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.RequestFailedException;

/**
 * What became of a request, as the user sees it.
 */
final class ReplyFate {

	private final CompletableFuture<Message> future;

	private int completions;

	private String outcome = "pending";

	private ReplyFate(CompletableFuture<Message> future) {
		this.future = future;
	}

	/**
	 * Watch a future.
	 */
	static ReplyFate of(CompletableFuture<Message> future) {
		ReplyFate result = new ReplyFate(future);
		future.whenComplete((reply, failure) -> {
			result.completions++;
			result.outcome = (failure != null) ? describe(failure) : ((Message.Text) reply).text();
		});
		return result;
	}

	private static String describe(Throwable failure) {
		if (failure instanceof RequestFailedException failed) {
			return failed.reason().name();
		}
		return (failure instanceof CancellationException) ? "cancelled" : failure.toString();
	}

	CompletableFuture<Message> future() {
		return this.future;
	}

	/**
	 * Return how often it was told.
	 */
	int completions() {
		return this.completions;
	}

	/**
	 * Return {@code pending}, the text of the reply or the reason of its failure.
	 */
	@Override
	public String toString() {
		return this.outcome;
	}

}
