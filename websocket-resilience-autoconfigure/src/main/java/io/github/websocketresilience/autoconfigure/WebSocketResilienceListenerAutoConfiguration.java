package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.messaging.MessageReader;
import io.github.websocketresilience.messaging.WebSocketListener;
import io.github.websocketresilience.messaging.WebSocketListenerDispatcher;
import io.github.websocketresilience.messaging.WebSocketListenerMethodProcessor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.handler.invocation.InvocableHandlerMethod;

/**
 * Auto-configuration that calls {@link WebSocketListener} methods.
 */
@AutoConfiguration(
		after = { WebSocketResilienceAutoConfiguration.class, WebSocketResilienceJacksonAutoConfiguration.class })
@ConditionalOnClass(InvocableHandlerMethod.class)
@ConditionalOnBean(WebSocketConnections.class)
public final class WebSocketResilienceListenerAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	WebSocketListenerDispatcher webSocketListenerDispatcher(ObjectProvider<MessageReader> reader) {
		return new WebSocketListenerDispatcher(reader.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	WebSocketListenerMethodProcessor webSocketListenerMethodProcessor(WebSocketListenerDispatcher dispatcher,
			WebSocketConnections connections) {
		return new WebSocketListenerMethodProcessor(dispatcher, connections);
	}

}
