package io.github.websocketresilience.observation;

import java.util.Locale;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Names of {@link WebSocketClientObservationDocumentation#HANDSHAKE}.
 */
public class DefaultWebSocketHandshakeObservationConvention implements WebSocketHandshakeObservationConvention {

	static final String NAME = "websocket.client.handshake";

	@Override
	public String getName() {
		return NAME;
	}

	@Override
	public String getContextualName(WebSocketHandshakeObservationContext context) {
		return ConnectionKeys.contextualName(context.getSettings(), "handshake");
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(WebSocketHandshakeObservationContext context) {
		Disconnect disconnect = context.getDisconnect();
		return KeyValues.of(ConnectionKeys.connection(context.getSettings()),
				LowCardinalityKeyNames.OUTCOME.withValue(lowerCase(context.getOutcome(), "unknown")),
				LowCardinalityKeyNames.KIND
					.withValue(lowerCase((disconnect != null) ? disconnect.kind() : null, KeyValue.NONE_VALUE)),
				LowCardinalityKeyNames.STATUS.withValue(status(disconnect)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(WebSocketHandshakeObservationContext context) {
		return KeyValues.of(ConnectionKeys.name(context.getSettings()),
				HighCardinalityKeyNames.ATTEMPT.withValue(String.valueOf(context.getAttempt())),
				HighCardinalityKeyNames.URL.withValue(context.getUrl()));
	}

	private static String status(@Nullable Disconnect disconnect) {
		Integer status = (disconnect != null) ? disconnect.httpStatus() : null;
		return (status != null) ? status.toString() : KeyValue.NONE_VALUE;
	}

	private static String lowerCase(@Nullable Enum<?> value, String otherwise) {
		return (value != null) ? value.name().toLowerCase(Locale.ROOT) : otherwise;
	}

}
