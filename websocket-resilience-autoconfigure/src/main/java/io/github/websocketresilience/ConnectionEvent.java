package io.github.websocketresilience;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a connection. Events of one connection are told in the order
 * in which they happened. No event holds a payload or a secret.
 */
public sealed interface ConnectionEvent {

	/**
	 * Return the name of the connection.
	 * @return the name
	 */
	String connection();

	/**
	 * Return the attempt during which it happened.
	 * @return the number, 0 before the first attempt; begins again with every start
	 */
	long attempt();

	/**
	 * Return when it happened.
	 * @return wall-clock time
	 */
	Instant at();

	/**
	 * A change of state. Applying {@link #to()} of all of them in order reproduces
	 * {@link WebSocketConnection#state()}.
	 */
	sealed interface StateChange extends ConnectionEvent {

		/**
		 * Return the state that was left.
		 * @return the state before
		 */
		ConnectionState from();

		/**
		 * Return the state that was entered.
		 * @return one of the successors of {@link #from()}
		 */
		ConnectionState to();

	}

	/**
	 * An attempt has begun.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param from the state that was left
	 * @param url the address to try, without user info and query; a
	 * {@link HandshakeCustomizer} may replace it
	 */
	record Attempted(String connection, long attempt, Instant at, ConnectionState from,
			String url) implements StateChange {

		@Override
		public ConnectionState to() {
			return ConnectionState.CONNECTING;
		}

	}

	/**
	 * The opening handshake is done (RFC 6455 section 4.1). Precedes every message of its
	 * socket.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param subprotocol the subprotocol that the server chose, empty if none
	 * @param connectTime from the attempt's begin to the open
	 * @param notOpenFor since it was last open, or was started if it was not; zero if the
	 * clock was set back meanwhile
	 */
	record Opened(String connection, long attempt, Instant at, String subprotocol, Duration connectTime,
			Duration notOpenFor) implements StateChange {

		/**
		 * Leaves the subprotocol out: servers echo what was offered, and that may be a
		 * token.
		 */
		@Override
		public String toString() {
			return "Opened[connection=" + this.connection + ", attempt=" + this.attempt + ", at=" + this.at
					+ ", connectTime=" + this.connectTime + ", notOpenFor=" + this.notOpenFor + "]";
		}

		@Override
		public ConnectionState from() {
			return ConnectionState.CONNECTING;
		}

		@Override
		public ConnectionState to() {
			return ConnectionState.OPEN;
		}

	}

	/**
	 * An attempt failed or a socket ended. Follows every message of its socket; what
	 * follows from it is told by the change of state after it.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param disconnect why
	 * @param opened whether the attempt had been open
	 */
	record Disconnected(String connection, long attempt, Instant at, Disconnect disconnect,
			boolean opened) implements ConnectionEvent {
	}

	/**
	 * The next attempt is scheduled.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt the attempt that failed
	 * @param at see {@link #at()}
	 * @param from the state that was left
	 * @param delay from now to the next attempt
	 * @param cause why it is needed
	 * @param failures how many attempts failed in a row
	 */
	record RetryScheduled(String connection, long attempt, Instant at, ConnectionState from, Duration delay,
			Disconnect cause, int failures) implements StateChange {

		@Override
		public ConnectionState to() {
			return ConnectionState.WAITING;
		}

	}

	/**
	 * An orderly close has begun.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 */
	record Closing(String connection, long attempt, Instant at) implements StateChange {

		@Override
		public ConnectionState from() {
			return ConnectionState.OPEN;
		}

		@Override
		public ConnectionState to() {
			return ConnectionState.CLOSING;
		}

	}

	/**
	 * The connection is closed and stays so. No event follows before the next start.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param from the state that was left
	 * @param gaveUp why the policy gave up, or {@code null} if it was closed on purpose
	 */
	record Closed(String connection, long attempt, Instant at, ConnectionState from,
			@Nullable Disconnect gaveUp) implements StateChange {

		@Override
		public ConnectionState to() {
			return ConnectionState.CLOSED;
		}

	}

	/**
	 * An attempt has waited {@code connect-timeout} for a thread and still waits. Told
	 * once per attempt.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param waited for how long
	 */
	record AttemptDelayed(String connection, long attempt, Instant at, Duration waited) implements ConnectionEvent {
	}

	/**
	 * A heartbeat was answered.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param roundTripTime from handing it to the socket to its reply
	 */
	record HeartbeatAnswered(String connection, long attempt, Instant at,
			Duration roundTripTime) implements ConnectionEvent {
	}

	/**
	 * A heartbeat stayed without proof of life for {@code heartbeat.timeout}.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param missed how many in a row
	 */
	record HeartbeatMissed(String connection, long attempt, Instant at, int missed) implements ConnectionEvent {
	}

	/**
	 * Our own process had been stopped or starved when it was to judge the peer: a timer
	 * came so late that what the peer did meanwhile may not have been read yet. The peer
	 * was given more time, once.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param late by how much the timer came too late
	 */
	record Stalled(String connection, long attempt, Instant at, Duration late) implements ConnectionEvent {
	}

	/**
	 * Messages were discarded. At most one per reason and second, which carries the
	 * number.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param reason why
	 * @param messages how many
	 */
	record MessagesDiscarded(String connection, long attempt, Instant at, DiscardReason reason,
			long messages) implements ConnectionEvent {
	}

	/**
	 * A listener threw. It lost one message or event; the connection goes on. Failures
	 * with an event are told to observers only. A message that it could not read is a
	 * {@link MessageUnreadable}.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param listener the class or method of the listener
	 * @param failure what it threw
	 * @param onMessage whether it was handling a message, not an event
	 */
	record ListenerFailed(String connection, long attempt, Instant at, String listener, Throwable failure,
			boolean onMessage) implements ConnectionEvent {
	}

	/**
	 * A listener could not be given a message, because it cannot be read as the type that
	 * it wants. Only this listener missed it.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param listener the class or method of the listener
	 * @param cause the type, an excerpt, and why
	 */
	record MessageUnreadable(String connection, long attempt, Instant at, String listener,
			UnreadableMessageException cause) implements ConnectionEvent {
	}

	/**
	 * No message came for {@code inbound.max-silence}, though the peer may be alive. Told
	 * once in each period of silence.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param silence how long it has lasted, without the time in which we did not read
	 */
	record FeedSilent(String connection, long attempt, Instant at, Duration silence) implements ConnectionEvent {
	}

	/**
	 * More events waited for listeners than may wait; the oldest were skipped. State
	 * changes among them are lost to listeners; observers miss them only if one of them
	 * blocks.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at when the newest of them happened
	 * @param counts how many of each kind, by simple class name
	 */
	record EventsSkipped(String connection, long attempt, Instant at,
			Map<String, Long> counts) implements ConnectionEvent {

		/**
		 * Create an event of a copy of the counts.
		 */
		public EventsSkipped {
			counts = Map.copyOf(counts);
		}

	}

	/**
	 * The {@link ReconnectPolicy} threw; the configured delay is used instead.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param failure what it threw
	 */
	record PolicyFailed(String connection, long attempt, Instant at, Throwable failure) implements ConnectionEvent {
	}

	/**
	 * Something happened that cannot happen: a bug of ours or of the transport. The
	 * connection has recovered as from a failed attempt.
	 *
	 * @param connection see {@link #connection()}
	 * @param attempt see {@link #attempt()}
	 * @param at see {@link #at()}
	 * @param text what it was
	 * @param failure what was thrown, or {@code null}
	 */
	record InternalError(String connection, long attempt, Instant at, String text,
			@Nullable Throwable failure) implements ConnectionEvent {
	}

	/**
	 * Why a message was discarded.
	 */
	enum DiscardReason {

		/** Outbound: sent while not OPEN under {@code reject}. */
		NOT_CONNECTED,

		/** Outbound: the queue was full. */
		QUEUE_FULL,

		/** Outbound: waited longer than its time-to-live. */
		EXPIRED,

		/** Outbound: replaced by a newer one with the same key. */
		REPLACED,

		/** Outbound: the connection was closed. */
		CLOSED,

		/** Outbound: its socket ended while it was being written. */
		LOST_IN_FLIGHT,

		/** Outbound: larger than {@code outbound.max-bytes}. */
		TOO_LARGE,

		/** Inbound: more than may wait for listeners. */
		LISTENERS_BEHIND,

		/** Inbound: arrived on a socket that had already been given up. */
		SOCKET_ENDED,

		/** Inbound: not delivered before the close deadline. */
		CLOSE_DEADLINE

	}

}
