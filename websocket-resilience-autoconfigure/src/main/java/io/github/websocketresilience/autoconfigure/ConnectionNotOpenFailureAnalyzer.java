package io.github.websocketresilience.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains why an application with {@code fail-fast} did not start.
 */
final class ConnectionNotOpenFailureAnalyzer extends AbstractFailureAnalyzer<ConnectionNotOpenException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConnectionNotOpenException cause) {
		return new FailureAnalysis(cause.getMessage(), """
				Check that the server is up and that 'resilient.websocket.url' is its address, or allow more time with \
				'resilient.websocket.connect-timeout'. With 'resilient.websocket.fail-fast=false' the application \
				starts without the connection, which then keeps trying.""", cause);
	}

}
