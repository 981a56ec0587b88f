package io.github.websocketresilience.autoconfigure;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * A connection is wanted, but nothing on the class path can make it.
 */
final class NoWebSocketContainerException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	NoWebSocketContainerException(@Nullable Throwable cause) {
		super("A WebSocket connection was asked for, but there is no WebSocket container on the class path", cause);
	}

}
