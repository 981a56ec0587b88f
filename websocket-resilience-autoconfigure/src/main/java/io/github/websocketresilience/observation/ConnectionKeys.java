package io.github.websocketresilience.observation;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.websocketresilience.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;
import io.micrometer.common.KeyValue;

/**
 * What every observation says of its connection.
 */
final class ConnectionKeys {

	private ConnectionKeys() {
	}

	/**
	 * Return the tag that meters have too.
	 */
	static KeyValue connection(ConnectionSettings settings) {
		return LowCardinalityKeyNames.CONNECTION.withValue(settings.groupOrName());
	}

	static KeyValue name(ConnectionSettings settings) {
		return HighCardinalityKeyNames.CONNECTION_NAME.withValue(settings.name());
	}

	/**
	 * Return the name of a span.
	 */
	static String contextualName(ConnectionSettings settings, String operation) {
		return settings.groupOrName() + " " + operation;
	}

}
