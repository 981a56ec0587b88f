package io.github.websocketresilience.metrics;

import java.time.Duration;
import java.time.Instant;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * One look at one connection.
 *
 * @param settings what was asked of it
 * @param snapshot what is known about it
 * @param now when the look was taken
 */
record Sample(ConnectionSettings settings, ConnectionSnapshot snapshot, Instant now) {

	private static final double NANOS_PER_SECOND = 1e9;

	static Sample of(WebSocketConnection connection, Instant now) {
		return new Sample(connection.settings(), connection.snapshot(), now);
	}

	double isIn(ConnectionState state) {
		return (this.snapshot.state() == state) ? 1 : 0;
	}

	/**
	 * Return for how long it is not open though it should be.
	 * @return seconds, 0 if nobody wants it open
	 */
	double notOpenFor() {
		boolean wanted = switch (this.snapshot.state()) {
			case CONNECTING, WAITING -> true;
			case CLOSED -> this.snapshot.gaveUp();
			case IDLE, OPEN, CLOSING -> false;
		};
		return wanted ? age(this.snapshot.notOpenSince(), 0) : 0;
	}

	double lastMessageAge() {
		return age(this.snapshot.lastMessageAt(), Double.NaN);
	}

	double queueFill() {
		return fill(this.snapshot.queue(), this.settings.outbound().capacity(), this.settings.outbound().maxBytes());
	}

	double logFill() {
		return fill(this.snapshot.log(), this.settings.inbound().capacity(), this.settings.inbound().maxBytes());
	}

	double listeningNanos() {
		return this.snapshot.listening().time().toNanos();
	}

	// The log also holds events, and the last message may exceed the bytes
	private static double fill(Amount amount, int capacity, long maxBytes) {
		double fullest = Math.max((double) amount.messages() / capacity, (double) amount.bytes() / maxBytes);
		return Math.min(1, fullest);
	}

	private double age(@Nullable Instant at, double unknown) {
		return (at != null) ? Math.max(0, Duration.between(at, this.now).toNanos() / NANOS_PER_SECOND) : unknown;
	}

}
