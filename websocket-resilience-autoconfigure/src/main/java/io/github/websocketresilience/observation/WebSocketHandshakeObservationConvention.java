package io.github.websocketresilience.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of an attempt to connect and chooses its keys. A bean of this
 * type replaces {@link DefaultWebSocketHandshakeObservationConvention}.
 */
public interface WebSocketHandshakeObservationConvention
		extends ObservationConvention<WebSocketHandshakeObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WebSocketHandshakeObservationContext;
	}

}
