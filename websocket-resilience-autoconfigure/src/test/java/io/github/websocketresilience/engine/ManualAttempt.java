package io.github.websocketresilience.engine;

import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.HandshakeRequest;

/**
 * An attempt of {@link ManualTransport}: does what the test says.
 */
final class ManualAttempt implements Transport.Connecting {

	private final ManualTransport transport;

	private final int number;

	private final Transport.Attempt engine;

	private final ManualSocket socket;

	ManualAttempt(ManualTransport transport, int number, Transport.Attempt engine) {
		this.transport = transport;
		this.number = number;
		this.engine = engine;
		this.socket = new ManualSocket(transport, "#" + number, engine);
	}

	/**
	 * Return the engine's side.
	 */
	Transport.Attempt engine() {
		return this.engine;
	}

	ManualSocket socket() {
		return this.socket;
	}

	/**
	 * The attempt gets its thread.
	 */
	void starts() {
		this.engine.started();
	}

	CompletionStage<HandshakeRequest> prepares() {
		return this.engine.prepare();
	}

	/**
	 * The handshake is done.
	 */
	ManualSocket opens() {
		this.engine.opened(this.socket, "");
		return this.socket;
	}

	void fails(Disconnect failure) {
		this.engine.failed(failure);
	}

	@Override
	public void abort() {
		this.transport.called("#" + this.number + " abort attempt");
	}

}
