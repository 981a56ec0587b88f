package io.github.websocketresilience.engine;

import java.time.Duration;

import io.github.websocketresilience.Disconnect;

/**
 * The next attempt is scheduled. Owns its timer.
 */
final class WaitingPhase extends Phase {

	private final Disconnect cause;

	private final Duration delay;

	private final Timer retry;

	WaitingPhase(ManagedConnection connection, Disconnect cause, Duration delay) {
		super(connection);
		this.cause = cause;
		this.delay = delay;
		this.retry = connection.newTimer("retry", this::connect);
	}

	@Override
	void announce() {
		connection().journal().retryScheduled(this.delay, this.cause, connection().judge().failures());
	}

	@Override
	void enter() {
		this.retry.arm(this.delay.toNanos());
	}

	@Override
	void leave(Phase next) {
		this.retry.cancel();
	}

	@Override
	void reconnect() {
		connect();
	}

	@Override
	void close() {
		connection().become(new ClosedPhase(connection(), null));
	}

	private void connect() {
		connection().become(new ConnectingPhase(connection()));
	}

}
