package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.messaging.JacksonJsonCodec;
import io.github.websocketresilience.messaging.JacksonMessageReader;
import io.github.websocketresilience.messaging.MessageReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that lets connections read and write JSON with the application's
 * {@link JsonMapper}.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(JsonMapper.class)
@ConditionalOnBean(WebSocketConnections.class)
public final class WebSocketResilienceJacksonAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(JsonCodec.class)
	JacksonJsonCodec webSocketJsonCodec(ObjectProvider<JsonMapper> mapper) {
		return new JacksonJsonCodec(mapper.getIfUnique(JsonMapper::shared));
	}

	@Bean
	@ConditionalOnMissingBean(MessageReader.class)
	JacksonMessageReader webSocketMessageReader(ObjectProvider<JsonMapper> mapper) {
		return new JacksonMessageReader(mapper.getIfUnique(JsonMapper::shared));
	}

}
