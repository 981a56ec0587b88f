package io.github.websocketresilience.logging;

import java.time.Instant;

import io.github.websocketresilience.ConnectionEvent;

/**
 * The log of one connection; every run begins anew. Not thread-safe: observers are called
 * one at a time per connection.
 */
final class ConnectionLog {

	private final Lines lines;

	private final long loggedPayload;

	private TransitionLog transitions;

	private TroubleLog troubles;

	/**
	 * Create a log.
	 * @param connection the name of the connection
	 * @param loggedPayload most bytes of a message that may be shown
	 */
	ConnectionLog(String connection, long loggedPayload) {
		this.lines = new Lines(connection);
		this.loggedPayload = loggedPayload;
		this.transitions = new TransitionLog(this.lines);
		this.troubles = new TroubleLog(this.lines, loggedPayload);
	}

	void onEvent(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.StateChange change) {
			this.transitions.onChange(change);
		}
		else {
			this.troubles.onEvent(event);
			if (event instanceof ConnectionEvent.FeedSilent silent) {
				this.transitions.onSilence(silent);
			}
		}
		if (event instanceof ConnectionEvent.Closed) {
			sayTheRest(event.at());
			this.transitions = new TransitionLog(this.lines);
			this.troubles = new TroubleLog(this.lines, this.loggedPayload);
		}
		else {
			this.troubles.sayWhatIsDue(event.at());
		}
	}

	/**
	 * Say what would have been said later: nothing may follow.
	 */
	void sayTheRest(Instant now) {
		this.troubles.sayTheRest(now);
	}

}
