package io.github.websocketresilience.logging;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;

import io.github.websocketresilience.CloseCode;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.Disconnect;
import org.slf4j.event.Level;

/**
 * Writes what happens without a change of state.
 */
final class TroubleLog {

	private final Lines lines;

	private final long loggedPayload;

	/** By what they say: a class of events, a reason, a listener, or two of these. */
	private final Map<Object, Throttle<?>> throttles = new LinkedHashMap<>();

	private boolean tooBigSaid;

	private boolean policyFailedSaid;

	TroubleLog(Lines lines, long loggedPayload) {
		this.lines = lines;
		this.loggedPayload = loggedPayload;
	}

	void sayWhatIsDue(Instant now) {
		this.throttles.values().forEach((throttle) -> throttle.sayIfDue(now));
	}

	void sayTheRest(Instant now) {
		this.throttles.values().forEach((throttle) -> throttle.say(now));
	}

	void onEvent(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.HeartbeatAnswered answered) {
			heartbeatAnswered(answered);
		}
		else if (event instanceof ConnectionEvent.HeartbeatMissed missed) {
			this.lines.write(Level.DEBUG, missed, "heartbeat missed, " + missed.missed() + " in a row");
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			disconnected(disconnected);
		}
		else if (event instanceof ConnectionEvent.PolicyFailed failed) {
			policyFailed(failed);
		}
		else {
			onRepeatable(event);
		}
	}

	private void onRepeatable(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.MessagesDiscarded discarded) {
			throttle(discarded.reason(), this::messagesDiscarded).happened(discarded, discarded.messages());
		}
		else if (event instanceof ConnectionEvent.ListenerFailed failed) {
			throttle(failed.listener(), this::listenerFailed).happened(failed, 1);
		}
		else if (event instanceof ConnectionEvent.MessageUnreadable unreadable) {
			throttle(List.of(ConnectionEvent.MessageUnreadable.class, unreadable.listener()), this::messageUnreadable)
				.happened(unreadable, 1);
		}
		else if (event instanceof ConnectionEvent.FeedSilent silent) {
			throttle(ConnectionEvent.FeedSilent.class, this::feedSilent).happened(silent, 1);
		}
		else if (event instanceof ConnectionEvent.EventsSkipped skipped) {
			long number = skipped.counts().values().stream().mapToLong(Long::longValue).sum();
			throttle(ConnectionEvent.EventsSkipped.class, this::eventsSkipped).happened(skipped, number);
		}
		else if (event instanceof ConnectionEvent.AttemptDelayed delayed) {
			throttle(ConnectionEvent.AttemptDelayed.class, this::attemptDelayed).happened(delayed, 1);
		}
		else if (event instanceof ConnectionEvent.Stalled stalled) {
			throttle(ConnectionEvent.Stalled.class, this::stalled).happened(stalled, 1);
		}
		else if (event instanceof ConnectionEvent.InternalError error) {
			throttle(ConnectionEvent.InternalError.class, this::internalError).happened(error, 1);
		}
	}

	@SuppressWarnings("unchecked") // A key belongs to one class of events.
	private <E extends ConnectionEvent> Throttle<E> throttle(Object key, ObjLongConsumer<E> writer) {
		return (Throttle<E>) this.throttles.computeIfAbsent(key, (absent) -> new Throttle<>(writer));
	}

	private void heartbeatAnswered(ConnectionEvent.HeartbeatAnswered event) {
		if (this.lines.isWritten(Level.TRACE)) {
			this.lines.write(Level.TRACE, event, "heartbeat answered in " + Wording.duration(event.roundTripTime()));
		}
	}

	private void disconnected(ConnectionEvent.Disconnected event) {
		Disconnect disconnect = event.disconnect();
		this.lines.write(Level.DEBUG, event, "ended: " + Wording.end(disconnect));
		Integer code = disconnect.closeCode();
		boolean ours = disconnect.kind() == Disconnect.Kind.MESSAGE_TOO_BIG;
		if (!this.tooBigSaid && (ours || (code != null && code == CloseCode.MESSAGE_TOO_BIG.code()))) {
			this.tooBigSaid = true;
			this.lines.write(Level.ERROR, event,
					ours ? "a message was larger than 'max-message-size'; raise it, or have the server send less"
							: "the server found a message too big; send less, for 'max-message-size' is our limit and"
									+ " not the server's");
		}
	}

	private void policyFailed(ConnectionEvent.PolicyFailed event) {
		this.lines.write(this.policyFailedSaid ? Level.DEBUG : Level.ERROR, event,
				"the reconnect policy threw; the configured delay is used", event.failure());
		this.policyFailedSaid = true;
	}

	private void messagesDiscarded(ConnectionEvent.MessagesDiscarded event, long number) {
		Level level = (event.reason() == DiscardReason.REPLACED) ? Level.DEBUG : Level.WARN;
		this.lines.write(level, event, number, Wording.count(number, "message") + " discarded: " + why(event.reason()));
	}

	private static String why(DiscardReason reason) {
		return switch (reason) {
			case NOT_CONNECTED -> "not connected";
			case QUEUE_FULL -> "the outbound queue was full";
			case EXPIRED -> "not sent within 'outbound.time-to-live'";
			case REPLACED -> "replaced by newer ones";
			case CLOSED -> "the connection was closed";
			case LOST_IN_FLIGHT -> "the socket ended while they were being written";
			case TOO_LARGE -> "larger than 'outbound.max-bytes'";
			case LISTENERS_BEHIND -> "the listeners are behind";
			case SOCKET_ENDED -> "received on a socket that had been given up";
			case CLOSE_DEADLINE -> "not delivered within 'close-timeout'";
		};
	}

	private void listenerFailed(ConnectionEvent.ListenerFailed event, long number) {
		String text = "listener " + event.listener() + " failed "
				+ ((number > 1) ? number + " times, the last time on " : "on ")
				+ (event.onMessage() ? "a message" : "an event");
		if (Causes.mayShowPayload(event.failure())) {
			this.lines.write(Level.WARN, event, number, text + Causes.classes(event.failure()));
		}
		else {
			this.lines.write(Level.WARN, event, number, text, event.failure());
		}
	}

	private void messageUnreadable(ConnectionEvent.MessageUnreadable event, long number) {
		String begin = Excerpt.of(event.cause().excerpt(), this.loggedPayload).text();
		this.lines.write(Level.WARN, event, number,
				"listener " + event.listener() + " could not read " + Wording.count(number, "message") + " as "
						+ event.cause().type() + Causes.classes(event.cause().getCause())
						+ (begin.isEmpty() ? "" : "; the latest begins with " + begin));
	}

	private void feedSilent(ConnectionEvent.FeedSilent event, long number) {
		this.lines.write(Level.WARN, event, number,
				"no message for " + Wording.duration(event.silence()) + ((number > 1) ? ", " + number + " times" : ""));
	}

	private void eventsSkipped(ConnectionEvent.EventsSkipped event, long number) {
		this.lines.write(Level.WARN, event, number,
				Wording.count(number, "event") + " skipped: too many were waiting to be told");
	}

	private void attemptDelayed(ConnectionEvent.AttemptDelayed event, long number) {
		this.lines.write(Level.WARN, event, number, "attempt " + event.attempt() + " has waited "
				+ Wording.duration(event.waited()) + " for a thread; raise 'threads.io'");
	}

	private void stalled(ConnectionEvent.Stalled event, long number) {
		this.lines.write(Level.WARN, event, number,
				"our own process had been stopped or starved for " + Wording.duration(event.late())
						+ ((number > 1) ? ", " + number + " times" : "") + "; the peer was given one more heartbeat");
	}

	private void internalError(ConnectionEvent.InternalError event, long number) {
		this.lines.write(Level.ERROR, event, number,
				"internal error" + ((number > 1) ? " (" + number + " times)" : "") + ": " + event.text(),
				event.failure());
	}

}
