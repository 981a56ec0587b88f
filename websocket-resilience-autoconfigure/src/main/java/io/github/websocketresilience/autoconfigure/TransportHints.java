package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must know to put channels of ours under Tomcat's client, and to see
 * what that does with a broken close frame.
 */
final class TransportHints implements RuntimeHintsRegistrar {

	private static final String TOMCAT = "org.apache.tomcat.websocket.";

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		hints.reflection()
			.registerTypeIfPresent(classLoader, TOMCAT + "WsWebSocketContainer",
					(type) -> type.withField("asynchronousChannelGroup"))
			.registerTypeIfPresent(classLoader, TOMCAT + "WsSession",
					(type) -> type.withField("wsFrame").withField("state"))
			.registerTypeIfPresent(classLoader, TOMCAT + "WsFrameBase", (type) -> type.withField("open"));
	}

}
