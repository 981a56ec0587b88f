package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.metrics.MetricsConnectionObserver;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of connections.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({ MeterRegistry.class, WebSocketConnections.class })
public final class WebSocketResilienceMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MetricsConnectionObserver webSocketMetricsConnectionObserver(MeterRegistry registry) {
		return new MetricsConnectionObserver(registry);
	}

}
