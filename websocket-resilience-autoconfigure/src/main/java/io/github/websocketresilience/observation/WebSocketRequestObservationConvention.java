package io.github.websocketresilience.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a request and chooses its keys. A bean of this type replaces
 * {@link DefaultWebSocketRequestObservationConvention}.
 */
public interface WebSocketRequestObservationConvention
		extends ObservationConvention<WebSocketRequestObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WebSocketRequestObservationContext;
	}

}
