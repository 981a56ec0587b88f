package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.actuate.endpoint.ConnectionHistory;
import io.github.websocketresilience.actuate.endpoint.WebSocketsEndpoint;
import io.github.websocketresilience.actuate.endpoint.WebSocketsEndpointWebExtension;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint {@code websockets}, and of the history that it
 * shows.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnBean(WebSocketConnections.class)
@ConditionalOnAvailableEndpoint(WebSocketsEndpoint.class)
public final class WebSocketResilienceEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ConnectionHistory webSocketConnectionHistory() {
		return new ConnectionHistory();
	}

	@Bean
	@ConditionalOnMissingBean
	WebSocketsEndpoint webSocketsEndpoint(WebSocketConnections connections, ConnectionHistory history) {
		return new WebSocketsEndpoint(connections, history);
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(WebSocketsEndpoint.class)
	@ConditionalOnAvailableEndpoint(endpoint = WebSocketsEndpoint.class, exposure = EndpointExposure.WEB)
	WebSocketsEndpointWebExtension webSocketsEndpointWebExtension(WebSocketConnections connections) {
		return new WebSocketsEndpointWebExtension(connections);
	}

}
