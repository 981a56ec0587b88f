package io.github.websocketresilience.actuate.endpoint;

import java.util.Map;
import java.util.Optional;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What differs over HTTP: the status for an unknown name is 404, and 400 comes with what
 * is possible.
 */
@EndpointWebExtension(endpoint = WebSocketsEndpoint.class)
public final class WebSocketsEndpointWebExtension {

	private final WebSocketConnections connections;

	/**
	 * Create an extension.
	 * @param connections the connections
	 */
	public WebSocketsEndpointWebExtension(WebSocketConnections connections) {
		this.connections = connections;
	}

	/**
	 * Reconnect, pause or resume a connection.
	 * @param name its name
	 * @param action what to do with it
	 * @return what was asked, or what is possible
	 * @see WebSocketsEndpoint#change(String, String)
	 */
	@WriteOperation
	public WebEndpointResponse<Object> change(@Selector String name, @Nullable String action) {
		Optional<WebSocketConnection> connection = this.connections.find(name);
		if (connection.isEmpty()) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
		}
		return Action.of(action)
			.map((known) -> new WebEndpointResponse<Object>(WebSocketsEndpoint.change(connection.get(), known)))
			.orElseGet(() -> new WebEndpointResponse<>(Map.of("message", Action.choice()),
					WebEndpointResponse.STATUS_BAD_REQUEST));
	}

}
