package io.github.websocketresilience.observation;

import java.util.Map;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;

/**
 * Describes the timers that are made of observations: whoever makes them knows nothing
 * but names and keys.
 */
public final class ObservationMeterDescriptions implements MeterFilter {

	private static final String ACTIVE = ".active";

	private static final Map<String, String> DESCRIPTIONS = Map.of(DefaultWebSocketProcessObservationConvention.NAME,
			"Time for which a listener handled a message", DefaultWebSocketRequestObservationConvention.NAME,
			"Time from a request to its reply or failure", DefaultWebSocketHandshakeObservationConvention.NAME,
			"Time of an attempt to connect, handshake customizers included");

	@Override
	public Meter.Id map(Meter.Id id) {
		String name = id.getName();
		String observation = name.endsWith(ACTIVE) ? name.substring(0, name.length() - ACTIVE.length()) : name;
		String description = DESCRIPTIONS.get(observation);
		if (description == null || id.getDescription() != null) {
			return id;
		}
		String suffix = name.endsWith(ACTIVE) ? ", of those that last" : "";
		return new Meter.Id(name, Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description + suffix,
				id.getType());
	}

}
