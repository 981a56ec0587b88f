package io.github.websocketresilience.autoconfigure;

import io.github.websocketresilience.messaging.InvalidWebSocketListenerException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says which method cannot listen as it is annotated, and what to do.
 */
final class InvalidWebSocketListenerFailureAnalyzer extends AbstractFailureAnalyzer<InvalidWebSocketListenerException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidWebSocketListenerException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
