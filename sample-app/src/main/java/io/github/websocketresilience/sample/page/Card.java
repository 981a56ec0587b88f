package io.github.websocketresilience.sample.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.SendFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a connection.
 *
 * @param name its name
 * @param state what it is doing
 * @param since when it began to
 * @param attempt the number of the attempt
 * @param nextAttemptAt when the next one begins, or {@code null}
 * @param url the address
 * @param roundTripMillis of the last heartbeat, or {@code null}
 * @param queue what waits to be written
 * @param log what waits for listeners
 * @param sent messages handed to the socket
 * @param received messages received
 * @param discarded messages discarded
 * @param failedSends messages that were not handed to the socket, by reason
 * @param missed numbered messages that did not come
 * @param lastDisconnect why the last attempt or socket ended, or {@code null}
 * @param gaveUp whether it is closed because it gave up
 * @param recipe whether it is one of the recipes
 */
record Card(String name, ConnectionState state, Instant since, long attempt, @Nullable Instant nextAttemptAt,
		String url, @Nullable Double roundTripMillis, Amount queue, Amount log, Amount sent, Amount received,
		Amount discarded, Map<Reason, Long> failedSends, long missed, @Nullable String lastDisconnect, boolean gaveUp,
		boolean recipe) {

	static Card of(ConnectionSnapshot it, Map<Reason, Long> failedSends, long missed, boolean recipe) {
		Duration roundTrip = it.roundTripTime();
		Disconnect last = it.lastDisconnect();
		return new Card(it.connection(), it.state(), it.since(), it.attempt(), it.nextAttemptAt(), it.url(),
				(roundTrip != null) ? roundTrip.toNanos() / 1e6 : null, it.queue(), it.log(), it.sent(), it.received(),
				it.discarded(), failedSends, missed, (last != null) ? last.text() : null, it.gaveUp(), recipe);
	}

}
