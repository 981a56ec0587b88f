package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;

/**
 * Reading is paused by the message that fills the log, and stays paused only while the
 * log is half full or more, or until the resume that is on its way.
 */
final class Invariant12PausedOnlyWhenBehind implements Invariant {

	private int socket;

	private int messages;

	@Override
	public void check(Simulation simulation) {
		if (simulation.network().attempts().isEmpty()) {
			return;
		}
		SimulatedSocket socket = simulation.network().socket();
		Inbound settings = simulation.settings().inbound();
		Amount waiting = simulation.connection().inbound();
		boolean behind = 2 * waiting.messages() >= settings.capacity() || 2 * waiting.bytes() >= settings.maxBytes();
		Invariant.require(behind || socket.isEnded() || !socket.isPaused(), "12: paused while %s wait", waiting);
		boolean full = settings.overflow() == InboundOverflow.PAUSE
				&& (waiting.messages() >= settings.capacity() || waiting.bytes() >= settings.maxBytes());
		boolean read = this.socket == socket.number() && this.messages != messages(simulation, socket);
		Invariant.require(!full || !read || socket.isHeld() || socket.state() != SimulatedSocket.State.OPEN,
				"12: reads on while %s wait", waiting);
		this.socket = socket.number();
		this.messages = messages(simulation, socket);
	}

	/**
	 * Return how many messages were read that are no replies to requests.
	 */
	private static int messages(Simulation simulation, SimulatedSocket socket) {
		return socket.vitals().messages() - simulation.user().requests().possible();
	}

}
