package io.github.websocketresilience.observation;

import java.io.Serial;

import io.github.websocketresilience.Disconnect;

/**
 * The error of an attempt that failed, in our words: the exceptions of containers hold
 * URLs. It has no stack trace, because nobody threw it.
 */
final class HandshakeFailedException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	HandshakeFailedException(Disconnect disconnect) {
		super(disconnect.text(), null, false, false);
	}

}
