package io.github.websocketresilience.observation;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValues;

/**
 * Names of {@link WebSocketClientObservationDocumentation#REQUEST}.
 */
public class DefaultWebSocketRequestObservationConvention implements WebSocketRequestObservationConvention {

	static final String NAME = "websocket.client.request";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(WebSocketRequestObservationContext context) {
		return ConnectionKeys.contextualName(context.getSettings(), "request");
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WebSocketRequestObservationContext context) {
		return KeyValues.of(ConnectionKeys.connection(context.getSettings()),
				LowCardinalityKeyNames.OUTCOME.withValue(outcome(context)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WebSocketRequestObservationContext context) {
		return KeyValues.of(ConnectionKeys.name(context.getSettings()),
				HighCardinalityKeyNames.SIZE.withValue(String.valueOf(context.getRequest().sizeInBytes())));
	}

	private static String outcome(WebSocketRequestObservationContext context) {
		Throwable error = context.getError();
		if (error instanceof RequestFailedException failure) {
			return failure.reason().name().toLowerCase(Locale.ROOT);
		}
		if (error != null) {
			return (error instanceof CancellationException) ? "cancelled" : "failed";
		}
		return (context.getResponse() != null) ? "reply" : "unknown";
	}

}
