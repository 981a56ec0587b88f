package io.github.websocketresilience.sample;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/**
 * Serves the demonstration's endpoint at {@code /ws}.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@EnableWebSocket
class DemoServerConfiguration implements WebSocketConfigurer {

	private final DemoServer server;

	private final Gate gate;

	DemoServerConfiguration(DemoServer server, Gate gate) {
		this.server = server;
		this.gate = gate;
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(this.server, "/ws").addInterceptors(this.gate);
	}

}
