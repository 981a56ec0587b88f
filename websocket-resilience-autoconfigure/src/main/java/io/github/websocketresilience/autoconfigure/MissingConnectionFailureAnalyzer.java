package io.github.websocketresilience.autoconfigure;

import java.util.Collection;
import java.util.List;

import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.analyzer.AbstractInjectionFailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Names the property that is missing where a connection is to be injected, or the
 * connections there are if it is not clear which one is meant. Comes before Boot's own
 * analysis, which would advise to define a bean.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingConnectionFailureAnalyzer extends AbstractInjectionFailureAnalyzer<NoSuchBeanDefinitionException> {

	private static final String SET_URL = "Set 'resilient.websocket.url' to the address of the server, such as "
			+ "wss://example.com/ws. If it is set, check that 'resilient.websocket.enabled' is not false.";

	private final @Nullable Environment environment;

	MissingConnectionFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause,
			@Nullable String description) {
		ResolvableType type = cause.getResolvableType();
		if (type == null || type.resolve() != WebSocketConnection.class) {
			return null;
		}
		String who = (description != null) ? description : "The application";
		Collection<String> found = (cause instanceof NoUniqueBeanDefinitionException several)
				? several.getBeanNamesFound() : null;
		if (found != null) {
			return ambiguous(who, found.stream().sorted().toList(), cause);
		}
		List<String> configured = (this.environment != null)
				? WebSocketSettings.names(this.environment).stream().map(ConnectionNames::beanName).toList()
				: List.of();
		return configured.isEmpty() ? none(who, cause) : notThere(who, configured, cause);
	}

	private static FailureAnalysis none(String who, Throwable cause) {
		return new FailureAnalysis("%s required a WebSocket connection, but none is configured.".formatted(who),
				SET_URL, cause);
	}

	private static FailureAnalysis notThere(String who, List<String> names, Throwable cause) {
		return new FailureAnalysis(
				"%s required a WebSocket connection, but the one that it names is not configured. There are: %s."
					.formatted(who, String.join(", ", names)),
				"Change the name, or set 'resilient.websocket.connections.<name>.url'.", cause);
	}

	private static FailureAnalysis ambiguous(String who, List<String> names, Throwable cause) {
		return new FailureAnalysis(
				"%s required a WebSocket connection, but there are %d and none is the default: %s.".formatted(who,
						names.size(), String.join(", ", names)),
				("Say which one is meant, with @Qualifier(\"%s\") for one, or set 'resilient.websocket.url': "
						+ "the connection at the top level is the default.")
					.formatted(names.get(0)),
				cause);
	}

}
