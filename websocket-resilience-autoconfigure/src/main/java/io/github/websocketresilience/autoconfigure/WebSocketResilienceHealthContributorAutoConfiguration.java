package io.github.websocketresilience.autoconfigure;

import java.time.InstantSource;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.health.WebSocketHealthContributor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health component {@code websocket}.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(WebSocketConnections.class)
@ConditionalOnEnabledHealthIndicator("websocket")
public final class WebSocketResilienceHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "websocketHealthIndicator", "websocketHealthContributor" })
	WebSocketHealthContributor websocketHealthContributor(WebSocketConnections connections) {
		return new WebSocketHealthContributor(connections, InstantSource.system());
	}

}
