package io.github.websocketresilience.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one group in a registry, which leave it together. Thread-safe.
 */
final class GroupMeters {

	private final Set<Meter> registered = ConcurrentHashMap.newKeySet();

	private final MeterRegistry registry;

	private final Tags group;

	GroupMeters(MeterRegistry registry, String group) {
		this.registry = registry;
		this.group = Tags.of(ConnectionMeterTag.CONNECTION.asString(), group);
	}

	/**
	 * Register the meters that are read from connections.
	 * @param members the connections; meters do not keep them alive
	 */
	void read(Members members) {
		for (int i = 0; i < Figure.ALL.size(); i++) {
			read(members, i);
		}
		int count = Figure.ALL.indexOf(Figure.LISTENED);
		int time = Figure.ALL.indexOf(Figure.LISTENING);
		register(FunctionTimer
			.builder(ConnectionMeter.LISTENER_TIME.getName(), members, (it) -> (long) it.value(count),
					(it) -> it.value(time), TimeUnit.NANOSECONDS)
			.description(ConnectionMeter.LISTENER_TIME.getDescription())
			.tags(this.group)
			.register(this.registry));
	}

	private void read(Members members, int index) {
		Figure figure = Figure.ALL.get(index);
		ConnectionMeter meter = figure.meter();
		ToDoubleFunction<Members> value = (it) -> it.value(index);
		if (meter.getType() == Meter.Type.GAUGE) {
			register(Gauge.builder(meter.getName(), members, value)
				.description(meter.getDescription())
				.baseUnit(meter.getBaseUnit())
				.tags(this.group.and(figure.tags()))
				.register(this.registry));
		}
		else if (meter.getType() == Meter.Type.COUNTER) {
			register(FunctionCounter.builder(meter.getName(), members, value)
				.description(meter.getDescription())
				.baseUnit(meter.getBaseUnit())
				.tags(this.group.and(figure.tags()))
				.register(this.registry));
		}
	}

	/**
	 * Return a counter, registered now if it was not.
	 * @param meter which
	 * @param tags keys and values besides the group
	 * @return the counter
	 */
	Counter counter(ConnectionMeter meter, String... tags) {
		return register(Counter.builder(meter.getName())
			.description(meter.getDescription())
			.baseUnit(meter.getBaseUnit())
			.tags(this.group.and(tags))
			.register(this.registry));
	}

	/**
	 * Return a timer, registered now if it was not.
	 * @param meter which
	 * @return the timer
	 */
	Timer timer(ConnectionMeter meter) {
		return register(Timer.builder(meter.getName())
			.description(meter.getDescription())
			.tags(this.group)
			.register(this.registry));
	}

	/**
	 * Remove all of them from the registry.
	 */
	void remove() {
		this.registered.forEach(this.registry::remove);
		this.registered.clear();
	}

	private <T extends Meter> T register(T meter) {
		this.registered.add(meter);
		return meter;
	}

}
