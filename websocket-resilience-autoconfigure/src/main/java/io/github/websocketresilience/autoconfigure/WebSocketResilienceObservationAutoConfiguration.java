package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.observation.HandshakeObservations;
import io.github.websocketresilience.observation.LinkingTracingObservationHandler;
import io.github.websocketresilience.observation.MessageObservationInterceptor;
import io.github.websocketresilience.observation.ObservationMeterDescriptions;
import io.github.websocketresilience.observation.RequestObserver;
import io.github.websocketresilience.observation.WebSocketHandshakeObservationConvention;
import io.github.websocketresilience.observation.WebSocketProcessObservationConvention;
import io.github.websocketresilience.observation.WebSocketRequestObservationConvention;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.TracingObservationHandler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the observations of messages, requests and handshakes.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration",
				"org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration" })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean({ ObservationRegistry.class, WebSocketConnections.class })
public final class WebSocketResilienceObservationAutoConfiguration {

	// The first customizer: the time of the others is the attempt's
	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	HandshakeObservations webSocketHandshakeObservations(ObservationRegistry registry,
			ObjectProvider<WebSocketHandshakeObservationConvention> convention) {
		return new HandshakeObservations(registry, convention.getIfAvailable());
	}

	// Around interceptors without an order: what they log belongs to the message
	@Bean
	@ConditionalOnMissingBean
	@Order(0)
	MessageObservationInterceptor webSocketMessageObservationInterceptor(ObservationRegistry registry,
			HandshakeObservations handshakes, ObjectProvider<WebSocketProcessObservationConvention> convention) {
		return new MessageObservationInterceptor(registry, handshakes, convention.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	RequestObserver webSocketRequestObserver(ObservationRegistry registry,
			ObjectProvider<WebSocketRequestObservationConvention> convention) {
		return new RequestObserver(registry, convention.getIfAvailable());
	}

	/**
	 * Descriptions, where there are meters.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterFilter.class)
	static class MetersConfiguration {

		@Bean
		@ConditionalOnMissingBean
		ObservationMeterDescriptions webSocketObservationMeterDescriptions() {
			return new ObservationMeterDescriptions();
		}

	}

	/**
	 * Links, where there are spans.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ Tracer.class, TracingObservationHandler.class })
	@ConditionalOnBean(Tracer.class)
	static class TracingConfiguration {

		// Boot's for every receiver has 1000, and the first one that fits is taken
		private static final int BEFORE_THE_ONE_FOR_RECEIVERS = 500;

		@Bean
		@ConditionalOnMissingBean
		@Order(BEFORE_THE_ONE_FOR_RECEIVERS)
		LinkingTracingObservationHandler webSocketLinkingTracingObservationHandler(Tracer tracer) {
			return new LinkingTracingObservationHandler(tracer);
		}

	}

}
