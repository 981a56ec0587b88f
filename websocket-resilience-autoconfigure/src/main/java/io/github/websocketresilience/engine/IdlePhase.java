package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionState;

/**
 * Created and never started.
 */
final class IdlePhase extends Phase {

	IdlePhase(ManagedConnection connection) {
		super(connection);
	}

	@Override
	ConnectionState state() {
		return ConnectionState.IDLE;
	}

	@Override
	void announce() {
		// Nothing leads here.
	}

	@Override
	void start() {
		connection().begin();
	}

	@Override
	void reconnect() {
		connection().begin();
	}

	@Override
	void close() {
		connection().become(new ClosedPhase(connection(), null));
	}

}
