package io.github.websocketresilience.engine;

import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;

/**
 * Closed on purpose or given up. Owns nothing.
 */
final class ClosedPhase extends Phase {

	private final @Nullable Disconnect gaveUp;

	ClosedPhase(ManagedConnection connection, @Nullable Disconnect gaveUp) {
		super(connection);
		this.gaveUp = gaveUp;
	}

	@Override
	OutboundQueue.Gate gate() {
		return OutboundQueue.Gate.CLOSED;
	}

	@Override
	void announce() {
		connection().tellDiscards();
		connection().journal().closed(this.gaveUp);
	}

	@Override
	void enter() {
		connection().end();
	}

	@Override
	void start() {
		connection().begin();
	}

}
