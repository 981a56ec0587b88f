package io.github.websocketresilience.metrics;

import java.time.Duration;
import java.time.Instant;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;

/**
 * Tells an observer events of one connection.
 *
 * @param observer who is told
 * @param connection the name
 */
record Told(ConnectionObserver observer, String connection) {

	static final String SECRET = "s3cret";

	private static final Instant AT = Instant.EPOCH;

	void opened(Duration connectTime, Duration notOpenFor) {
		this.observer.onEvent(new ConnectionEvent.Opened(this.connection, 1, AT, "", connectTime, notOpenFor));
	}

	void disconnected(Disconnect disconnect) {
		this.observer.onEvent(new ConnectionEvent.Disconnected(this.connection, 1, AT, disconnect, true));
	}

	void attemptFailed(Disconnect disconnect) {
		this.observer.onEvent(new ConnectionEvent.Disconnected(this.connection, 1, AT, disconnect, false));
	}

	void closed() {
		this.observer.onEvent(new ConnectionEvent.Closed(this.connection, 1, AT, ConnectionState.CLOSING, null));
	}

	void discarded(DiscardReason reason, long messages) {
		this.observer.onEvent(new ConnectionEvent.MessagesDiscarded(this.connection, 1, AT, reason, messages));
	}

	void heartbeatAnswered(Duration roundTripTime) {
		this.observer.onEvent(new ConnectionEvent.HeartbeatAnswered(this.connection, 1, AT, roundTripTime));
	}

	void heartbeatMissed() {
		this.observer.onEvent(new ConnectionEvent.HeartbeatMissed(this.connection, 1, AT, 1));
	}

	void stalled(Duration late) {
		this.observer.onEvent(new ConnectionEvent.Stalled(this.connection, 1, AT, late));
	}

	void silent() {
		this.observer.onEvent(new ConnectionEvent.FeedSilent(this.connection, 1, AT, Duration.ofSeconds(30)));
	}

	void listenerFailed(boolean onMessage) {
		this.observer.onEvent(new ConnectionEvent.ListenerFailed(this.connection, 1, AT, "com.acme.Prices",
				new IllegalStateException(SECRET), onMessage));
	}

	void unreadable(String listener) {
		this.observer.onEvent(
				new ConnectionEvent.MessageUnreadable(this.connection, 1, AT, listener, new UnreadableMessageException(
						"com.acme.Quote", new Message.Text(SECRET), new IllegalArgumentException(SECRET))));
	}

	/** At least one of each kind that is counted. */
	void everything() {
		opened(Duration.ofMillis(35), Duration.ZERO);
		disconnected(Disconnect.peerClosed(1001, SECRET));
		attemptFailed(Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused"));
		opened(Duration.ofMillis(35), Duration.ofSeconds(2));
		heartbeatAnswered(Duration.ofMillis(10));
		heartbeatMissed();
		stalled(Duration.ofSeconds(20));
		silent();
		discarded(DiscardReason.EXPIRED, 1);
		listenerFailed(true);
		unreadable("com.acme.Prices");
	}

	/** One of each kind that is not. */
	void nothing() {
		this.observer.onEvent(
				new ConnectionEvent.Attempted(this.connection, 1, AT, ConnectionState.IDLE, "ws://localhost/test"));
		this.observer.onEvent(new ConnectionEvent.Closing(this.connection, 1, AT));
		this.observer.onEvent(new ConnectionEvent.AttemptDelayed(this.connection, 1, AT, Duration.ofSeconds(10)));
		closed();
	}

}
