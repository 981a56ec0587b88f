package io.github.websocketresilience.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Names the libraries that are missing.
 */
final class NoWebSocketContainerFailureAnalyzer extends AbstractFailureAnalyzer<NoWebSocketContainerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, NoWebSocketContainerException cause) {
		return new FailureAnalysis(cause.getMessage(), """
				Depend on 'io.github.websocketresilience:websocket-resilience-starter', or add \
				'org.springframework:spring-websocket' and a container such as \
				'org.apache.tomcat.embed:tomcat-embed-websocket'.""", cause);
	}

}
