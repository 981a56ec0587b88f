package io.github.websocketresilience.sample.page;

import java.time.Instant;

import io.github.websocketresilience.ConnectionEvent.Closed;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionEvent.StateChange;
import io.github.websocketresilience.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * A change of state, as the page is told.
 *
 * @param type what this is
 * @param connection whose
 * @param from the state before
 * @param to the state after
 * @param at when
 * @param attempt the number of the attempt
 * @param cause why, or {@code null}
 * @param delayMillis until the next attempt, or {@code null}
 */
record Transition(String type, String connection, ConnectionState from, ConnectionState to, Instant at, long attempt,
		@Nullable String cause, @Nullable Long delayMillis) {

	static Transition of(StateChange change) {
		String cause = null;
		Long delay = null;
		if (change instanceof RetryScheduled retry) {
			cause = retry.cause().text();
			delay = retry.delay().toMillis();
		}
		else if (change instanceof Closed closed && closed.gaveUp() != null) {
			cause = closed.gaveUp().text();
		}
		return new Transition("transition", change.connection(), change.from(), change.to(), change.at(),
				change.attempt(), cause, delay);
	}

}
