package io.github.websocketresilience.engine;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.ReconnectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The code of others that a connection asks and tells.
 *
 * @param policy decides whether and when to try again
 * @param customizers change each handshake, in order
 * @param listeners are told events and messages, in order
 * @param observers are told events
 * @param interceptors wrap listener calls, the first one outermost
 * @param messages are told of messages, sent and received
 * @param json reads and writes JSON, or {@code null} if no JSON library is there
 * @param addresses asked before each attempt, on a thread that may block, for the
 * addresses in the place of those of the settings, or {@code null}
 */
public record Hooks(ReconnectPolicy policy, List<HandshakeCustomizer> customizers, List<ConnectionListener> listeners,
		List<ConnectionObserver> observers, List<DeliveryInterceptor> interceptors, List<MessageObserver> messages,
		@Nullable JsonCodec json, @Nullable Supplier<List<URI>> addresses) {

	/**
	 * Create hooks of a connection whose addresses are those of its settings, with nobody
	 * told of messages.
	 * @param policy decides whether and when to try again
	 * @param customizers change each handshake, in order
	 * @param listeners are told events and messages, in order
	 * @param observers are told events
	 * @param interceptors wrap listener calls, the first one outermost
	 * @param json reads and writes JSON, or {@code null} if no JSON library is there
	 */
	public Hooks(ReconnectPolicy policy, List<HandshakeCustomizer> customizers, List<ConnectionListener> listeners,
			List<ConnectionObserver> observers, List<DeliveryInterceptor> interceptors, @Nullable JsonCodec json) {
		this(policy, customizers, listeners, observers, interceptors, List.of(), json, null);
	}

	/**
	 * Create hooks of copies of the lists.
	 */
	public Hooks {
		customizers = List.copyOf(customizers);
		listeners = List.copyOf(listeners);
		observers = List.copyOf(observers);
		interceptors = List.copyOf(interceptors);
		messages = List.copyOf(messages);
	}

}
