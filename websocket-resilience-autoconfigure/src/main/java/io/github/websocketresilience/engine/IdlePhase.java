package io.github.websocketresilience.engine;

/**
 * Created and never started.
 */
final class IdlePhase extends Phase {

	IdlePhase(ManagedConnection connection) {
		super(connection);
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
