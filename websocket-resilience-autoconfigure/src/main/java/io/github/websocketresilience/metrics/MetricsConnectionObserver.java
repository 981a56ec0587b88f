package io.github.websocketresilience.metrics;

import java.util.Locale;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.Disconnect;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Counts what happens to connections: attempts, disconnects, heartbeats, silences,
 * discarded messages and those that could not be read. A meter appears when it is first
 * counted.
 */
public final class MetricsConnectionObserver implements ConnectionObserver {

	private final Meter.MeterProvider<Counter> attempts;

	private final Meter.MeterProvider<Counter> disconnects;

	private final Meter.MeterProvider<Counter> discarded;

	private final Meter.MeterProvider<Counter> heartbeatsMissed;

	private final Meter.MeterProvider<Counter> unreadable;

	private final Meter.MeterProvider<Counter> silences;

	private final Meter.MeterProvider<Timer> heartbeatRoundTrip;

	/**
	 * Create an observer.
	 * @param registry where to count
	 */
	public MetricsConnectionObserver(MeterRegistry registry) {
		this.attempts = counter(ConnectionMeter.ATTEMPTS, registry);
		this.disconnects = counter(ConnectionMeter.DISCONNECTS, registry);
		this.discarded = counter(ConnectionMeter.DISCARDED, registry);
		this.heartbeatsMissed = counter(ConnectionMeter.HEARTBEATS_MISSED, registry);
		this.unreadable = counter(ConnectionMeter.UNREADABLE, registry);
		this.silences = counter(ConnectionMeter.SILENCES, registry);
		this.heartbeatRoundTrip = Timer.builder(ConnectionMeter.HEARTBEAT_ROUND_TRIP.getName())
			.description(ConnectionMeter.HEARTBEAT_ROUND_TRIP.getDescription())
			.withRegistry(registry);
	}

	@Override
	public void onEvent(ConnectionEvent event) {
		Tags tags = Tags.of(ConnectionMeter.Tag.CONNECTION.asString(), event.connection());
		if (event instanceof ConnectionEvent.Opened) {
			countAttempt(tags, "opened");
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			countDisconnect(tags, disconnected);
		}
		else if (event instanceof ConnectionEvent.HeartbeatAnswered answered) {
			this.heartbeatRoundTrip.withTags(tags).record(answered.roundTripTime());
		}
		else if (event instanceof ConnectionEvent.HeartbeatMissed) {
			this.heartbeatsMissed.withTags(tags).increment();
		}
		else if (event instanceof ConnectionEvent.MessagesDiscarded loss) {
			this.discarded.withTags(with(tags, ConnectionMeter.Tag.REASON, loss.reason())).increment(loss.messages());
		}
		else if (event instanceof ConnectionEvent.MessageUnreadable) {
			this.unreadable.withTags(tags).increment();
		}
		else if (event instanceof ConnectionEvent.FeedSilent) {
			this.silences.withTags(tags).increment();
		}
	}

	private void countAttempt(Tags tags, String outcome) {
		this.attempts.withTags(tags.and(ConnectionMeter.Tag.OUTCOME.asString(), outcome)).increment();
	}

	private void countDisconnect(Tags tags, ConnectionEvent.Disconnected event) {
		if (event.opened()) {
			this.disconnects.withTags(with(tags, ConnectionMeter.Tag.KIND, event.disconnect().kind())).increment();
		}
		else {
			boolean cancelled = event.disconnect().kind() == Disconnect.Kind.CLOSE_REQUESTED;
			countAttempt(tags, cancelled ? "cancelled" : "failed");
		}
	}

	private static Tags with(Tags tags, ConnectionMeter.Tag key, Enum<?> value) {
		return tags.and(key.asString(), value.name().toLowerCase(Locale.ROOT));
	}

	private static Meter.MeterProvider<Counter> counter(ConnectionMeter meter, MeterRegistry registry) {
		return Counter.builder(meter.getName())
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.withRegistry(registry);
	}

}
