package io.github.websocketresilience.metrics;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Binds the meters that are read from connections when a registry is read: state,
 * messages, bytes, queues and requests. They cost a message nothing.
 */
public final class ConnectionMeterBinder implements MeterBinder {

	private static final String IN = "in";

	private static final String OUT = "out";

	private final Iterable<? extends WebSocketConnection> connections;

	/**
	 * Create a binder.
	 * @param connections the connections to measure. Meters do not keep them alive
	 */
	public ConnectionMeterBinder(Iterable<? extends WebSocketConnection> connections) {
		this.connections = connections;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (WebSocketConnection connection : this.connections) {
			bind(connection, registry);
		}
	}

	private static void bind(WebSocketConnection connection, MeterRegistry registry) {
		for (ConnectionState state : ConnectionState.values()) {
			gauge(ConnectionMeter.STATE, connection, (it) -> (it.state() == state) ? 1 : 0)
				.tag(ConnectionMeter.Tag.STATE.asString(), state.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		count(ConnectionMeter.MESSAGES, IN, connection, (it) -> it.received().messages(), registry);
		count(ConnectionMeter.MESSAGES, OUT, connection, (it) -> it.sent().messages(), registry);
		count(ConnectionMeter.BYTES, IN, connection, (it) -> it.received().bytes(), registry);
		count(ConnectionMeter.BYTES, OUT, connection, (it) -> it.sent().bytes(), registry);
		depth(IN, connection, (it) -> it.log().messages(), registry);
		depth(OUT, connection, (it) -> it.queue().messages(), registry);
		gauge(ConnectionMeter.REQUESTS_PENDING, connection, (it) -> it.snapshot().pendingRequests()).register(registry);
	}

	private static void count(ConnectionMeter meter, String direction, WebSocketConnection connection,
			ToDoubleFunction<ConnectionSnapshot> value, MeterRegistry registry) {
		FunctionCounter.builder(meter.getName(), connection, (it) -> value.applyAsDouble(it.snapshot()))
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(tags(connection))
			.tag(ConnectionMeter.Tag.DIRECTION.asString(), direction)
			.register(registry);
	}

	private static void depth(String direction, WebSocketConnection connection,
			ToDoubleFunction<ConnectionSnapshot> value, MeterRegistry registry) {
		gauge(ConnectionMeter.QUEUED, connection, (it) -> value.applyAsDouble(it.snapshot()))
			.tag(ConnectionMeter.Tag.DIRECTION.asString(), direction)
			.register(registry);
	}

	private static Gauge.Builder<WebSocketConnection> gauge(ConnectionMeter meter, WebSocketConnection connection,
			ToDoubleFunction<WebSocketConnection> value) {
		return Gauge.builder(meter.getName(), connection, value)
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(tags(connection));
	}

	private static Tags tags(WebSocketConnection connection) {
		return Tags.of(ConnectionMeter.Tag.CONNECTION.asString(), connection.name());
	}

}
