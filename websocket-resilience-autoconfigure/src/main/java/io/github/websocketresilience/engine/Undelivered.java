package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;

/**
 * Where messages go that will not be sent: their futures fail, they are counted and told.
 */
final class Undelivered {

	private final ConnectionSettings settings;

	private final Completions completions;

	private final Discards discards;

	Undelivered(ConnectionSettings settings, Completions completions, Discards discards) {
		this.settings = settings;
		this.completions = completions;
		this.discards = discards;
	}

	void fail(Outgoing message, Reason reason) {
		fail(List.of(message), reason);
	}

	void fail(List<Outgoing> messages, Reason reason) {
		if (messages.isEmpty()) {
			return;
		}
		List<CompletableFuture<Void>> futures = messages.stream().map(Outgoing::future).toList();
		this.completions.fail(futures, new SendFailedException(reason, describe(reason)));
		this.discards.add(DiscardReason.valueOf(reason.name()), messages.size(),
				messages.stream().mapToLong(Outgoing::size).sum());
	}

	private String describe(Reason reason) {
		ConnectionSettings.Outbound outbound = this.settings.outbound();
		return "connection '" + this.settings.name() + "': " + switch (reason) {
			case NOT_CONNECTED -> "not connected; 'outbound.when-disconnected: queue' would wait for the next socket";
			case QUEUE_FULL -> "outbound queue is full (" + outbound.capacity() + " messages or " + outbound.maxBytes()
					+ " bytes); raise 'outbound.capacity' or 'outbound.max-bytes', or choose 'outbound.overflow'";
			case EXPIRED -> "waited longer than 'outbound.time-to-live' (" + outbound.timeToLive() + ")";
			case REPLACED -> "replaced by a newer message with the same key";
			case CLOSED -> "closed; start it again to send";
			case LOST_IN_FLIGHT -> "the socket ended during the write; the peer may have the message or not";
			case TOO_LARGE -> "message is larger than 'outbound.max-bytes' (" + outbound.maxBytes() + ")";
		};
	}

}
