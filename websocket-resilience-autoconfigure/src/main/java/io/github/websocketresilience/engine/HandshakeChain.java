package io.github.websocketresilience.engine;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;

/**
 * Runs the customizers of one attempt, one after the other. After one that answers later,
 * the rest runs on the I/O group: they may block, and the thread that completes the stage
 * is not ours.
 */
final class HandshakeChain {

	private final Iterator<HandshakeCustomizer> customizers;

	private final HandshakeRequest request;

	private final Workers workers;

	private final BooleanSupplier isOver;

	private final CompletableFuture<HandshakeRequest> result = new CompletableFuture<>();

	HandshakeChain(List<HandshakeCustomizer> customizers, HandshakeRequest request, Workers workers,
			BooleanSupplier isOver) {
		this.customizers = customizers.iterator();
		this.request = request;
		this.workers = workers;
		this.isOver = isOver;
	}

	CompletionStage<HandshakeRequest> run() {
		try {
			while (this.customizers.hasNext()) {
				CompletionStage<?> later = this.customizers.next().customize(this.request);
				if (later != null) {
					later.whenComplete((ignored, failure) -> proceed(failure));
					return this.result;
				}
			}
			this.result.complete(this.request);
		}
		catch (Throwable ex) {
			this.result.completeExceptionally(ex);
		}
		return this.result;
	}

	private void proceed(Throwable failure) {
		if (failure != null) {
			this.result.completeExceptionally(failure);
		}
		else if (this.isOver.getAsBoolean()) {
			// Nobody wants the result any more, so nobody's code runs for it.
			this.result.cancel(false);
		}
		else {
			this.workers.io(this::run);
		}
	}

}
