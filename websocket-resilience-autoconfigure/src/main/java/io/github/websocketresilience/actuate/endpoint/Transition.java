package io.github.websocketresilience.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;

import io.github.websocketresilience.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * A change of state in the history of a connection. Holds no secret and nothing that the
 * peer wrote.
 *
 * @param from the state that was left
 * @param to the state that was entered
 * @param at when
 * @param lasted how long the state that was left had lasted, zero if the clock was set
 * back meanwhile; {@code null} of the first change
 * @param attempt the number of the current or last attempt, 0 before the first; begins
 * again with every start
 * @param cause why, in one line, or {@code null} if the states say it all
 */
public record Transition(ConnectionState from, ConnectionState to, Instant at, @Nullable Duration lasted, long attempt,
		@Nullable String cause) {
}
