package io.github.websocketresilience;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a connection at one moment. Holds no secret.
 *
 * @param connection its name
 * @param state what it is doing
 * @param since when it began to
 * @param notOpenSince when it was last OPEN since it was started, or when it was started
 * if it was not; {@code null} while OPEN or before the first start
 * @param attempt the number of the current or last attempt, from 1 on, 0 before the
 * first; begins again with every start
 * @param nextAttemptAt when the next attempt begins, or {@code null} if none is scheduled
 * @param url the address in use without user info and query
 * @param queue messages waiting to be written, those in a writer's hands included
 * @param log events and messages waiting for listeners
 * @param readingPaused whether reading is paused because listeners are behind
 * @param sent messages handed to the socket
 * @param received messages received, heartbeat replies and other automatic traffic
 * excluded
 * @param discarded messages of either direction that were not delivered
 * @param roundTripTime of the last answered heartbeat, or {@code null}
 * @param lastDisconnect why the last attempt or socket ended, or {@code null}
 * @param gaveUp whether it is CLOSED because the policy gave up
 * @param pendingRequests requests that wait for their reply
 * @param silentSince since when a message could have been heard and none came: the last
 * message, the open, or the return from a pause; {@code null} unless that is longer ago
 * than {@code inbound.max-silence}
 * @param lastMessageAt when the last message was received, or {@code null} if none was
 * @param listening what listeners were given, and how long they took
 */
public record ConnectionSnapshot(String connection, ConnectionState state, Instant since,
		@Nullable Instant notOpenSince, long attempt, @Nullable Instant nextAttemptAt, String url, Amount queue,
		Amount log, boolean readingPaused, Amount sent, Amount received, Amount discarded,
		@Nullable Duration roundTripTime, @Nullable Disconnect lastDisconnect, boolean gaveUp, int pendingRequests,
		@Nullable Instant silentSince, @Nullable Instant lastMessageAt, Listening listening) {

	/**
	 * A number of messages and their size.
	 *
	 * @param messages how many
	 * @param bytes their payload
	 */
	public record Amount(long messages, long bytes) {
	}

	/**
	 * What listeners were given.
	 *
	 * @param messages how many messages they have returned from
	 * @param time how long they were at work with messages and events, a call that is
	 * under way included
	 */
	public record Listening(long messages, Duration time) {
	}

}
