package io.github.websocketresilience.test.autoconfigure;

import java.net.URI;
import java.util.List;

import io.github.websocketresilience.autoconfigure.WebSocketConnectionDetails;
import io.github.websocketresilience.test.ScriptedWebSocketServer;

import org.springframework.core.Ordered;

/**
 * Sends connections to the server, before anybody else can say where they go.
 *
 * @param connections the names of the connections
 * @param server where they go
 */
record ScriptedConnectionDetails(List<String> connections,
		ScriptedWebSocketServer server) implements WebSocketConnectionDetails, Ordered {

	@Override
	public List<URI> urls(String connection) {
		return this.connections.contains(connection) ? List.of(this.server.uri()) : List.of();
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
