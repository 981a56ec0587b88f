package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must know to put channels of ours under Tomcat's client.
 */
final class TransportHints implements RuntimeHintsRegistrar {

	private static final String TOMCAT = "org.apache.tomcat.websocket.WsWebSocketContainer";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerTypeIfPresent(classLoader, TOMCAT, (type) -> type.withField("asynchronousChannelGroup"));
	}

}
