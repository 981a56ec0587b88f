package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for the close, and how long listeners have from then on. The deadline begins
 * with the close and is allowed to outlive it, until the log is empty or a new run
 * begins.
 */
final class Farewell {

	private final ManagedConnection connection;

	private final Completions completions;

	private final DeliveryLog log;

	private final Timer deadline;

	private final List<CompletableFuture<Void>> waiters = new ArrayList<>();

	private long run;

	Farewell(ManagedConnection connection, Completions completions, DeliveryLog log) {
		this.connection = connection;
		this.completions = completions;
		this.log = log;
		this.deadline = connection.newTimer("delivery deadline", log::discardMessages);
	}

	/**
	 * A close is asked for.
	 */
	void expect(CompletableFuture<Void> closed) {
		this.waiters.add(closed);
	}

	/**
	 * The close is under way, or was done before.
	 */
	void begun() {
		if (this.connection.journal().isClosed()) {
			completeWaiters();
		}
		limitDelivery();
	}

	/**
	 * The connection is closed.
	 */
	void closed() {
		completeWaiters();
		if (this.deadline.isArmed()) {
			limitDelivery();
		}
	}

	/**
	 * A new run has begun: what is received is delivered again.
	 */
	void revoke() {
		this.run++;
		this.deadline.cancel();
		this.log.revive();
	}

	private void completeWaiters() {
		this.completions.succeed(List.copyOf(this.waiters));
		this.waiters.clear();
	}

	@SuppressWarnings("FutureReturnValueIgnored") // nothing but the timer hangs on it
	private void limitDelivery() {
		if (this.connection.journal().isClosed() && this.log.isIdle()) {
			return;
		}
		if (!this.deadline.isArmed()) {
			this.deadline.arm(this.connection.settings().closeTimeout().toNanos());
		}
		if (this.connection.journal().isClosed()) {
			long ended = this.run;
			this.log.delivered().thenRun(() -> this.connection.submit(() -> cancelUnlessRestarted(ended)));
		}
	}

	private void cancelUnlessRestarted(long ended) {
		if (ended == this.run) {
			this.deadline.cancel();
		}
	}

}
