package io.github.websocketresilience.logging;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;

/**
 * Takes an event to pieces. Holds no payload and no secret; what a peer wrote is cut and
 * escaped as in the text of the line.
 */
final class Fields {

	private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");

	private final Map<Field, Object> values = new EnumMap<>(Field.class);

	private Fields() {
	}

	/**
	 * Return what can be said of an event.
	 * @param event the event
	 * @return its fields in their order, without that of the connection
	 */
	static Map<Field, Object> of(ConnectionEvent event) {
		Fields fields = new Fields();
		fields.put(Field.EVENT, word(HUMP.matcher(event.getClass().getSimpleName()).replaceAll("_")));
		fields.put(Field.ATTEMPT, event.attempt());
		if (event instanceof ConnectionEvent.StateChange change) {
			fields.addChange(change);
		}
		else {
			fields.addTrouble(event);
		}
		return fields.values;
	}

	private void addChange(ConnectionEvent.StateChange change) {
		put(Field.STATE_FROM, word(change.from().name()));
		put(Field.STATE_TO, word(change.to().name()));
		if (change instanceof ConnectionEvent.Opened opened) {
			put(Field.CONNECT_TIME, opened.connectTime());
			put(Field.NOT_OPEN, opened.notOpenFor());
		}
		else if (change instanceof ConnectionEvent.RetryScheduled retry) {
			put(Field.DELAY, retry.delay());
			put(Field.FAILURES, retry.failures());
			addEnd(retry.cause());
		}
		else if (change instanceof ConnectionEvent.Closed closed && closed.gaveUp() != null) {
			put(Field.GAVE_UP, true);
			addEnd(closed.gaveUp());
		}
	}

	private void addTrouble(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Disconnected disconnected) {
			addEnd(disconnected.disconnect());
		}
		else if (event instanceof ConnectionEvent.HeartbeatAnswered answered) {
			put(Field.ROUND_TRIP, answered.roundTripTime());
		}
		else if (event instanceof ConnectionEvent.HeartbeatMissed missed) {
			put(Field.HEARTBEATS_MISSED, missed.missed());
		}
		else if (event instanceof ConnectionEvent.MessagesDiscarded discarded) {
			put(Field.REASON, word(discarded.reason().name()));
		}
		else if (event instanceof ConnectionEvent.ListenerFailed failed) {
			put(Field.LISTENER, failed.listener());
		}
		else if (event instanceof ConnectionEvent.MessageUnreadable unreadable) {
			put(Field.LISTENER, unreadable.listener());
			put(Field.MESSAGE_WANTED, unreadable.cause().type());
		}
		else if (event instanceof ConnectionEvent.FeedSilent silent) {
			put(Field.SILENCE, silent.silence());
		}
		else if (event instanceof ConnectionEvent.AttemptDelayed delayed) {
			put(Field.WAITED, delayed.waited());
		}
		else if (event instanceof ConnectionEvent.Stalled stalled) {
			put(Field.LATE, stalled.late());
		}
	}

	private void addEnd(Disconnect end) {
		put(Field.DISCONNECT_KIND, word(end.kind().name()));
		put(Field.DISCONNECT_INITIATOR, word(end.initiator().name()));
		put(Field.DISCONNECT_EXCEPTION, end.exception());
		put(Field.DISCONNECT_OPEN, unlessZero(end.openFor()));
		put(Field.DISCONNECT_PAUSED, unlessZero(end.pausedFor()));
		put(Field.CLOSE_CODE, end.closeCode());
		put(Field.CLOSE_REASON, end.closeReason().isEmpty() ? null : Wording.ascii(Wording.cut(end.closeReason())));
		put(Field.HTTP_STATUS, end.httpStatus());
	}

	private void put(Field field, @Nullable Object value) {
		if (value != null) {
			this.values.put(field, (value instanceof Duration duration) ? duration.toMillis() : value);
		}
	}

	private static @Nullable Duration unlessZero(Duration duration) {
		return duration.isZero() ? null : duration;
	}

	private static String word(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
