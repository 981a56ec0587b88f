package io.github.websocketresilience.engine;

import java.time.Duration;

import io.github.websocketresilience.ConnectionSnapshot.Listening;

/**
 * How long listeners were at work, and with how many messages. Read and written with the
 * lock of the delivery log. A reader that delivers by itself may hand its role to a
 * worker before it is back, so both may be at work for a moment, which counts once.
 */
final class ListenerClock {

	private long messages;

	private long nanos;

	private int atWork;

	private long since;

	void begin(long now) {
		accrue(now);
		this.atWork++;
	}

	void end(long now, int delivered) {
		accrue(now);
		this.atWork--;
		this.messages += delivered;
	}

	Listening read(long now) {
		accrue(now);
		return new Listening(this.messages, Duration.ofNanos(this.nanos));
	}

	private void accrue(long now) {
		if (this.atWork > 0) {
			this.nanos += now - this.since;
		}
		this.since = now;
	}

}
