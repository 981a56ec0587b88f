package io.github.websocketresilience.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names the observation of a message that a listener handles and chooses its keys. A bean
 * of this type replaces {@link DefaultWebSocketProcessObservationConvention}.
 */
public interface WebSocketProcessObservationConvention
		extends ObservationConvention<WebSocketProcessObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof WebSocketProcessObservationContext;
	}

}
