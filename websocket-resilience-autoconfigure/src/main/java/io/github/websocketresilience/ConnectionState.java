package io.github.websocketresilience;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a {@link WebSocketConnection} is doing. Every state knows its legal successors; no
 * other change is ever observed.
 */
public enum ConnectionState {

	/**
	 * Created, never started. Messages may already be queued.
	 */
	IDLE,

	/**
	 * An attempt is under way: waiting for a thread, resolving, connecting or shaking
	 * hands (RFC 6455 section 4).
	 */
	CONNECTING,

	/**
	 * The opening handshake is done and the socket is believed to be alive.
	 */
	OPEN,

	/**
	 * The last attempt failed or its socket ended; the next attempt is scheduled.
	 */
	WAITING,

	/**
	 * {@link WebSocketConnection#close()} was called: what is queued is written, then the
	 * closing handshake is done (RFC 6455 section 7).
	 */
	CLOSING,

	/**
	 * Closed on purpose or given up. Nothing happens until
	 * {@link WebSocketConnection#start()}.
	 */
	CLOSED;

	/**
	 * Return the states that may directly follow this one.
	 * @return the successors, never empty
	 */
	public Set<ConnectionState> successors() {
		return switch (this) {
			case IDLE -> EnumSet.of(CONNECTING, CLOSED);
			case CONNECTING -> EnumSet.of(OPEN, WAITING, CLOSED);
			case OPEN -> EnumSet.of(CONNECTING, WAITING, CLOSING, CLOSED);
			case WAITING -> EnumSet.of(CONNECTING, CLOSED);
			case CLOSING -> EnumSet.of(CLOSED);
			case CLOSED -> EnumSet.of(CONNECTING);
		};
	}

	/**
	 * Return whether a connection in this state holds, seeks or awaits a socket.
	 * @return {@code true} for all states but {@link #IDLE} and {@link #CLOSED}
	 */
	public boolean isActive() {
		return this != IDLE && this != CLOSED;
	}

}
