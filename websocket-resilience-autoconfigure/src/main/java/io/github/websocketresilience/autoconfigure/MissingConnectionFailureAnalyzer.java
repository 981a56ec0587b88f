package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;

/**
 * Names the property that is missing where a connection is to be injected. Comes before
 * Boot's own analysis, which would advise to define a bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingConnectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || type.resolve() != WebSocketConnection.class || cause.getNumberOfBeansFound() > 0) {
			return null;
		}
		String who = (description != null) ? description : "The application";
		return new FailureAnalysis("%s required a WebSocket connection, but none is configured.".formatted(who),
				"Set 'resilient.websocket.url' to the address of the server, such as wss://example.com/ws. "
						+ "If it is set, check that 'resilient.websocket.enabled' is not false.",
				cause);
	}

}
