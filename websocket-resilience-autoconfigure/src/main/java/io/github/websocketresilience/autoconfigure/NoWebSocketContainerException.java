package io.github.websocketresilience.autoconfigure;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A connection is configured, but nothing on the class path can make it.
 */
final class NoWebSocketContainerException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	NoWebSocketContainerException(@Nullable Throwable cause) {
		super("'resilient.websocket.url' is set, but there is no WebSocket container on the class path", cause);
	}

}
