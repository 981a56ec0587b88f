package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionEvent.StateChange;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.UnreadableMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what happens: keeps the control part of the snapshot and passes every event
 * on. Only the serial executor writes.
 */
final class Journal {

	private final String connection;

	private final Time time;

	private final Consumer<ConnectionEvent> observers;

	private final Consumer<ConnectionEvent> listeners;

	private volatile View view;

	Journal(String connection, Time time, Consumer<ConnectionEvent> observers, Consumer<ConnectionEvent> listeners) {
		this.connection = connection;
		this.time = time;
		this.observers = observers;
		this.listeners = listeners;
		this.view = new View(ConnectionState.IDLE, time.now(), null, 0, null, null, null, false);
	}

	View view() {
		return this.view;
	}

	boolean isClosed() {
		return this.view.state() == ConnectionState.CLOSED;
	}

	/**
	 * A new run begins: attempts count from 1 again.
	 */
	void begin() {
		View old = this.view;
		this.view = new View(old.state(), old.since(), this.time.now(), 0, null, null, old.lastDisconnect(), false);
	}

	void attempted(long attempt, String url) {
		using(url);
		change(new ConnectionEvent.Attempted(this.connection, attempt, this.time.now(), this.view.state(), url), null,
				false);
	}

	void opened(String subprotocol, Duration connectTime) {
		Instant now = this.time.now();
		Instant since = this.view.notOpenSince();
		Duration notOpenFor = (since != null && since.isBefore(now)) ? Duration.between(since, now) : Duration.ZERO;
		change(new ConnectionEvent.Opened(this.connection, attempt(), now, subprotocol, connectTime, notOpenFor), null,
				false);
	}

	void retryScheduled(Duration delay, Disconnect cause, int failures) {
		Instant now = this.time.now();
		change(new ConnectionEvent.RetryScheduled(this.connection, attempt(), now, this.view.state(), delay, cause,
				failures), now.plus(delay), false);
	}

	void closing() {
		change(new ConnectionEvent.Closing(this.connection, attempt(), this.time.now()), null, false);
	}

	void closed(@Nullable Disconnect gaveUp) {
		change(new ConnectionEvent.Closed(this.connection, attempt(), this.time.now(), this.view.state(), gaveUp), null,
				gaveUp != null);
	}

	private void change(StateChange event, @Nullable Instant nextAttemptAt, boolean gaveUp) {
		View old = this.view;
		Instant notOpenSince = old.notOpenSince();
		if (event.to() == ConnectionState.OPEN) {
			notOpenSince = null;
		}
		else if (event.from() == ConnectionState.OPEN) {
			notOpenSince = event.at();
		}
		this.view = new View(event.to(), event.at(), notOpenSince, event.attempt(), nextAttemptAt, old.url(),
				old.lastDisconnect(), gaveUp);
		append(event);
	}

	void disconnected(Disconnect disconnect, boolean opened) {
		View old = this.view;
		this.view = new View(old.state(), old.since(), old.notOpenSince(), old.attempt(), old.nextAttemptAt(),
				old.url(), disconnect, old.gaveUp());
		append(new ConnectionEvent.Disconnected(this.connection, attempt(), this.time.now(), disconnect, opened));
	}

	void using(String url) {
		View old = this.view;
		this.view = new View(old.state(), old.since(), old.notOpenSince(), old.attempt(), old.nextAttemptAt(), url,
				old.lastDisconnect(), old.gaveUp());
	}

	void attemptDelayed(Duration waited) {
		append(new ConnectionEvent.AttemptDelayed(this.connection, attempt(), this.time.now(), waited));
	}

	void heartbeatAnswered(Duration roundTripTime) {
		append(new ConnectionEvent.HeartbeatAnswered(this.connection, attempt(), this.time.now(), roundTripTime));
	}

	void heartbeatMissed(int missed) {
		append(new ConnectionEvent.HeartbeatMissed(this.connection, attempt(), this.time.now(), missed));
	}

	void stalled(Duration late) {
		append(new ConnectionEvent.Stalled(this.connection, attempt(), this.time.now(), late));
	}

	void discarded(DiscardReason reason, long messages) {
		append(new ConnectionEvent.MessagesDiscarded(this.connection, attempt(), this.time.now(), reason, messages));
	}

	void policyFailed(Throwable failure) {
		append(new ConnectionEvent.PolicyFailed(this.connection, attempt(), this.time.now(), failure));
	}

	void silent(Duration silence) {
		append(new ConnectionEvent.FeedSilent(this.connection, attempt(), this.time.now(), silence));
	}

	/**
	 * A failure with an event is never told to listeners: it would beget the next one.
	 */
	void listenerFailed(Deliverer.Failure failure) {
		UnreadableMessageException unreadable = failure.unreadable();
		ConnectionEvent event = (unreadable != null)
				? new ConnectionEvent.MessageUnreadable(this.connection, attempt(), this.time.now(), failure.listener(),
						unreadable)
				: new ConnectionEvent.ListenerFailed(this.connection, attempt(), this.time.now(), failure.listener(),
						failure.cause(), failure.onMessage());
		if (failure.onMessage() && !isClosed()) {
			append(event);
		}
		else {
			this.observers.accept(event);
		}
	}

	void internalError(String text, @Nullable Throwable failure) {
		ConnectionEvent event = new ConnectionEvent.InternalError(this.connection, attempt(), this.time.now(), text,
				failure);
		if (isClosed()) {
			this.observers.accept(event);
		}
		else {
			append(event);
		}
	}

	private long attempt() {
		return this.view.attempt();
	}

	private void append(ConnectionEvent event) {
		this.observers.accept(event);
		this.listeners.accept(event);
	}

	/**
	 * The control part of a snapshot.
	 *
	 * @param state what the connection is doing
	 * @param since when it began to
	 * @param notOpenSince since when it is not open, or {@code null}
	 * @param attempt the number of the attempt
	 * @param nextAttemptAt when the next one begins, or {@code null}
	 * @param url the address in use as it may be shown, or {@code null} before the first
	 * @param lastDisconnect why the last one ended, or {@code null}
	 * @param gaveUp whether it is closed because the policy gave up
	 */
	record View(ConnectionState state, Instant since, @Nullable Instant notOpenSince, long attempt,
			@Nullable Instant nextAttemptAt, @Nullable String url, @Nullable Disconnect lastDisconnect,
			boolean gaveUp) {
	}

}
