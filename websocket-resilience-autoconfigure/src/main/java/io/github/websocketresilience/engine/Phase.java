package io.github.websocketresilience.engine;

import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;

/**
 * What the connection is doing, with what it holds for that. Every method runs in the
 * serial executor. The defaults are those cells of the phase table that hold for most
 * phases; a callback that carries another attempt than the phase's own is stale whatever
 * it says (rule zero).
 */
abstract class Phase {

	private final ManagedConnection connection;

	Phase(ManagedConnection connection) {
		this.connection = connection;
	}

	final ManagedConnection connection() {
		return this.connection;
	}

	/**
	 * Return what becomes of messages while in this phase.
	 */
	OutboundQueue.Gate gate() {
		return this.connection.isRejectingWhenDisconnected() ? OutboundQueue.Gate.REJECTING : OutboundQueue.Gate.OPEN;
	}

	/**
	 * Append the event that says that this phase was entered.
	 */
	abstract void announce();

	/**
	 * Acquire what the phase owns.
	 */
	void enter() {
	}

	/**
	 * Release what the phase owns, but for what the next one takes over.
	 */
	void leave(Phase next) {
	}

	/**
	 * Return the attempt whose callbacks matter now.
	 */
	@Nullable ConnectionAttempt attempt() {
		return null;
	}

	final boolean isStale(ConnectionAttempt candidate) {
		if (candidate == attempt()) {
			return false;
		}
		this.connection.countStale();
		return true;
	}

	void start() {
	}

	void reconnect() {
	}

	void close() {
	}

	void renew() {
	}

	/**
	 * Let a writer write if there is something to write and none is running.
	 */
	void pump() {
	}

	void attemptStarted(ConnectionAttempt candidate) {
		if (!isStale(candidate)) {
			impossible(candidate, "an attempt began twice");
		}
	}

	void attemptDelayed(ConnectionAttempt candidate) {
		isStale(candidate);
	}

	void prepared(ConnectionAttempt candidate, String url) {
		isStale(candidate);
	}

	void opened(ConnectionAttempt candidate, Transport.Socket socket, String subprotocol) {
		this.connection.contain(() -> socket.abort(ManagedConnection.GOING_AWAY));
		if (!isStale(candidate)) {
			impossible(candidate, "an attempt opened twice");
		}
	}

	/**
	 * The attempt failed or its socket ended, whoever said so and why.
	 */
	void ended(ConnectionAttempt candidate, Disconnect why) {
		isStale(candidate);
	}

	/**
	 * A control frame is to be written. It may come before the open was handled: then it
	 * waits for it.
	 */
	void control(ConnectionAttempt candidate, Object key, Transport.Frame frame, @Nullable Beat beat) {
		if (!isStale(candidate)) {
			candidate.offerControl(key, frame, beat);
		}
	}

	void firstProof(ConnectionAttempt candidate) {
		isStale(candidate);
	}

	void heartbeatSent(ConnectionAttempt candidate, Beat beat) {
		isStale(candidate);
	}

	void heartbeatAnswered(ConnectionAttempt candidate, long roundTripNanos) {
		isStale(candidate);
	}

	void readerBack(ConnectionAttempt candidate) {
		isStale(candidate);
	}

	void writeEnded(ConnectionAttempt candidate) {
		isStale(candidate);
	}

	final void impossible(ConnectionAttempt candidate, String text) {
		this.connection.impossible(text, null);
		ended(candidate, Disconnect.of(Disconnect.Kind.INTERNAL_ERROR, text));
	}

}
