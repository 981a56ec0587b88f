package io.github.websocketresilience.logging;

import io.github.websocketresilience.ConnectionEvent;

/**
 * The log of one run of one connection. Not thread-safe: observers are called one at a
 * time per connection.
 */
final class ConnectionLog {

	private final TransitionLog transitions;

	private final TroubleLog troubles;

	ConnectionLog(String connection) {
		Lines lines = new Lines(connection);
		this.transitions = new TransitionLog(lines);
		this.troubles = new TroubleLog(lines);
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
			this.troubles.sayTheRest(event.at());
		}
		else {
			this.troubles.sayWhatIsDue(event.at());
		}
	}

}
