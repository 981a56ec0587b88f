package io.github.websocketresilience.observation;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Names of {@link WebSocketClientObservationDocumentation#PROCESS}.
 */
public class DefaultWebSocketProcessObservationConvention implements WebSocketProcessObservationConvention {

	static final String NAME = "websocket.client.process";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(WebSocketProcessObservationContext context) {
		return ConnectionKeys.contextualName(context.getSettings(), "process");
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WebSocketProcessObservationContext context) {
		return KeyValues.of(ConnectionKeys.connection(context.getSettings()), type(context.getMessage()),
				exception(context.getError()));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WebSocketProcessObservationContext context) {
		return KeyValues.of(ConnectionKeys.name(context.getSettings()),
				HighCardinalityKeyNames.ATTEMPT.withValue(String.valueOf(context.getAttempt())),
				HighCardinalityKeyNames.SIZE.withValue(String.valueOf(context.getMessage().sizeInBytes())));
	}

	private static KeyValue type(Message message) {
		return LowCardinalityKeyNames.TYPE.withValue((message instanceof Message.Text) ? "text" : "binary");
	}

	private static KeyValue exception(@Nullable Throwable error) {
		return LowCardinalityKeyNames.EXCEPTION
			.withValue((error != null) ? error.getClass().getSimpleName() : KeyValue.NONE_VALUE);
	}

}
