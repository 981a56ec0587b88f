package io.github.websocketresilience.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.Disconnect;

/**
 * The meters of a group that count events. Those whose tags are known are registered
 * before anything happens, for a counter that appears with its first event hides it from
 * whoever asks by how much it has grown. Thread-safe.
 */
final class EventMeters {

	private static final String OUTCOME = ConnectionMeterTag.OUTCOME.asString();

	private static final String REASON = ConnectionMeterTag.REASON.asString();

	private static final String HANDLING = ConnectionMeterTag.HANDLING.asString();

	/** Names of those that were open and have to open again. */
	private final Set<String> down = ConcurrentHashMap.newKeySet();

	private final GroupMeters meters;

	EventMeters(GroupMeters meters) {
		this.meters = meters;
		List.of("opened", "failed", "cancelled")
			.forEach((outcome) -> meters.counter(ConnectionMeter.ATTEMPTS, OUTCOME, outcome));
		for (ConnectionEvent.DiscardReason reason : ConnectionEvent.DiscardReason.values()) {
			meters.counter(ConnectionMeter.DISCARDED, REASON, text(reason));
		}
		List.of("message", "event")
			.forEach((handled) -> meters.counter(ConnectionMeter.LISTENER_FAILURES, HANDLING, handled));
		List.of(ConnectionMeter.HEARTBEAT_MISSES, ConnectionMeter.UNREADABLE, ConnectionMeter.SILENCES)
			.forEach(meters::counter);
		List.of(ConnectionMeter.CONNECT_TIME, ConnectionMeter.UPTIME, ConnectionMeter.DOWNTIME,
				ConnectionMeter.HEARTBEAT_ROUND_TRIP, ConnectionMeter.STALLS)
			.forEach(meters::timer);
	}

	void count(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Opened opened) {
			opened(opened);
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			disconnected(disconnected);
		}
		else if (event instanceof ConnectionEvent.Closed) {
			this.down.remove(event.connection());
		}
		else if (event instanceof ConnectionEvent.HeartbeatAnswered answered) {
			this.meters.timer(ConnectionMeter.HEARTBEAT_ROUND_TRIP).record(answered.roundTripTime());
		}
		else if (event instanceof ConnectionEvent.HeartbeatMissed) {
			this.meters.counter(ConnectionMeter.HEARTBEAT_MISSES).increment();
		}
		else if (event instanceof ConnectionEvent.Stalled stalled) {
			this.meters.timer(ConnectionMeter.STALLS).record(stalled.late());
		}
		else if (event instanceof ConnectionEvent.FeedSilent) {
			this.meters.counter(ConnectionMeter.SILENCES).increment();
		}
		else {
			countTrouble(event);
		}
	}

	private void countTrouble(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.MessagesDiscarded loss) {
			this.meters.counter(ConnectionMeter.DISCARDED, REASON, text(loss.reason())).increment(loss.messages());
		}
		else if (event instanceof ConnectionEvent.ListenerFailed failed) {
			String handled = failed.onMessage() ? "message" : "event";
			this.meters.counter(ConnectionMeter.LISTENER_FAILURES, HANDLING, handled).increment();
		}
		else if (event instanceof ConnectionEvent.MessageUnreadable) {
			this.meters.counter(ConnectionMeter.UNREADABLE).increment();
		}
	}

	private void opened(ConnectionEvent.Opened event) {
		attempt("opened");
		this.meters.timer(ConnectionMeter.CONNECT_TIME).record(event.connectTime());
		if (this.down.remove(event.connection())) {
			this.meters.timer(ConnectionMeter.DOWNTIME).record(event.notOpenFor());
		}
	}

	private void disconnected(ConnectionEvent.Disconnected event) {
		Disconnect why = event.disconnect();
		if (event.opened()) {
			this.down.add(event.connection());
			this.meters.timer(ConnectionMeter.UPTIME).record(why.openFor());
			this.meters
				.counter(ConnectionMeter.DISCONNECTS, ConnectionMeterTag.KIND.asString(), text(why.kind()),
						ConnectionMeterTag.CLOSE_CODE_CLASS.asString(), CloseCodeClass.of(why.closeCode()))
				.increment();
		}
		else {
			attempt((why.kind() == Disconnect.Kind.CLOSE_REQUESTED) ? "cancelled" : "failed");
		}
	}

	private void attempt(String outcome) {
		this.meters.counter(ConnectionMeter.ATTEMPTS, OUTCOME, outcome).increment();
	}

	private static String text(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
