package io.github.websocketresilience.test.interoperability;

import java.util.Map;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * A server in this process that takes every connection and says nothing.
 */
final class LocalServer implements AutoCloseable {

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(Server.class)
		.properties(Map.of("spring.config.location", "optional:classpath:/none/", "server.port", "0",
				"resilient.websocket.enabled", "false"))
		.logStartupInfo(false)
		.run();

	String url() {
		return "ws://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + "/silent";
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableWebSocket
	static class Server {

		@Bean
		WebSocketConfigurer endpoint() {
			return (registry) -> registry.addHandler(new TextWebSocketHandler(), "/silent");
		}

	}

}
