package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.logging.LoggingConnectionObserver;
import io.github.websocketresilience.logging.MdcDeliveryInterceptor;
import io.github.websocketresilience.logging.PayloadLog;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of the log of connections: what happens to them, the name in the MDC
 * of their listeners, and their messages where the settings say so.
 */
@AutoConfiguration(after = WebSocketResilienceAutoConfiguration.class)
@ConditionalOnBean(WebSocketConnections.class)
public final class WebSocketResilienceLoggingAutoConfiguration {

	// What other observers make of an event is read after the line that says it
	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	LoggingConnectionObserver webSocketLoggingConnectionObserver() {
		return new LoggingConnectionObserver();
	}

	/**
	 * Outermost: what other interceptors log has the name too.
	 */
	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	MdcDeliveryInterceptor webSocketMdcDeliveryInterceptor() {
		return new MdcDeliveryInterceptor();
	}

	/**
	 * First: a message is in the log before what listeners log of it.
	 */
	@Bean
	@ConditionalOnMissingBean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	PayloadLog webSocketPayloadLog() {
		return new PayloadLog();
	}

}
