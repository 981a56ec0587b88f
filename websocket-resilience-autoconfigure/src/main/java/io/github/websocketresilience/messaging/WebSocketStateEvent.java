package io.github.websocketresilience.messaging;

import java.io.Serial;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEvent;

/**
 * A connection changed its state. Published on a listener thread, in the order in which
 * it happened, messages included, as long as the {@code ApplicationEventMulticaster} is
 * synchronous, which is Spring's default: one with an executor, or an {@code @Async}
 * listener, gives the order away.
 * <p>
 * {@link #getTimestamp()} is when it happened; {@link #connection()} may already be
 * further.
 */
public final class WebSocketStateEvent extends ApplicationEvent {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient WebSocketConnection connection;

	private final transient ConnectionEvent.StateChange change;

	WebSocketStateEvent(WebSocketConnection connection, ConnectionEvent.StateChange change) {
		super(connection, Clock.fixed(change.at(), ZoneOffset.UTC));
		this.connection = connection;
		this.change = change;
	}

	/**
	 * Return the connection, which is also the source of this event.
	 * @return the connection
	 */
	public WebSocketConnection connection() {
		return this.connection;
	}

	/**
	 * Return the state that was left.
	 * @return the state before
	 */
	public ConnectionState from() {
		return this.change.from();
	}

	/**
	 * Return the state that was entered.
	 * @return the state after
	 */
	public ConnectionState to() {
		return this.change.to();
	}

	/**
	 * Return the number of the current or last attempt.
	 * @return the number, 0 before the first attempt; begins again with every start
	 */
	public long attempt() {
		return this.change.attempt();
	}

	/**
	 * Return why there is no connection.
	 * @return of {@code WAITING} why the attempt or the socket ended, of {@code CLOSED}
	 * why the policy gave up; {@code null} in other states and if it was closed on
	 * purpose
	 */
	public @Nullable Disconnect cause() {
		if (this.change instanceof ConnectionEvent.RetryScheduled retry) {
			return retry.cause();
		}
		return (this.change instanceof ConnectionEvent.Closed closed) ? closed.gaveUp() : null;
	}

	/**
	 * Return when the next attempt begins, counted from this event.
	 * @return the delay, or {@code null} unless the new state is {@code WAITING}
	 */
	public @Nullable Duration nextDelay() {
		return (this.change instanceof ConnectionEvent.RetryScheduled retry) ? retry.delay() : null;
	}

	@Override
	public String toString() {
		return "WebSocketStateEvent[" + this.change.connection() + ", " + from() + " -> " + to() + "]";
	}

}
