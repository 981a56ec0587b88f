package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.JsonPointers;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.messaging.JacksonJsonPointers;
import tools.jackson.core.json.JsonFactory;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that lets connections look into JSON texts with Jackson.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class)
@ConditionalOnClass(JsonFactory.class)
@ConditionalOnBean(WebSocketConnections.class)
public final class WebSocketResilienceJacksonAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(JsonPointers.class)
	JacksonJsonPointers webSocketJsonPointers() {
		return new JacksonJsonPointers();
	}

}
