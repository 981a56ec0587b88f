package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.messaging.ApplicationEventPublishingListener;
import io.github.websocketresilience.messaging.MessageReader;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import io.github.websocketresilience.messaging.WebSocketStateEvent;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that publishes what happens to connections as
 * {@link WebSocketStateEvent} and {@link WebSocketMessageEvent}.
 */
@AutoConfiguration(
		after = { WebSocketResilienceAutoConfiguration.class, WebSocketResilienceJacksonAutoConfiguration.class })
@ConditionalOnBean(WebSocketConnections.class)
public final class WebSocketResilienceEventsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ApplicationEventPublishingListener webSocketEventPublishingListener(ApplicationContext context,
			ObjectProvider<MessageReader> reader) {
		return new ApplicationEventPublishingListener(context, reader.getIfAvailable());
	}

}
