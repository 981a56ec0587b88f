package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.logging.LoggingConnectionObserver;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the log of connections.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class)
@ConditionalOnBean(WebSocketConnections.class)
public final class WebSocketResilienceLoggingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	LoggingConnectionObserver webSocketLoggingConnectionObserver() {
		return new LoggingConnectionObserver();
	}

}
