package io.github.websocketresilience.autoconfigure;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionSettings;

/**
 * Connections that must be open at startup are not.
 */
final class ConnectionNotOpenException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private ConnectionNotOpenException(String message) {
		super(message);
	}

	static ConnectionNotOpenException of(List<DeferredConnection> connections) {
		return new ConnectionNotOpenException(connections.stream()
			.map(ConnectionNotOpenException::describe)
			.collect(Collectors.joining("%n".formatted())));
	}

	private static String describe(DeferredConnection connection) {
		FirstOpen firstOpen = connection.firstOpen();
		ConnectionSettings settings = connection.settings();
		Duration timeout = settings.handshake().connectTimeout();
		return "WebSocket connection '%s' to %s did not open within %s: %s".formatted(connection.name(),
				ConnectionSettings.withoutSecrets(settings.url()), seconds(timeout),
				(firstOpen != null) ? firstOpen.lastFailure() : "it was not waited for");
	}

	private static String seconds(Duration duration) {
		return (duration.toMillisPart() != 0) ? duration.toMillis() + "ms" : duration.toSeconds() + "s";
	}

}
