package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.ReconnectPolicy;
import io.github.websocketresilience.engine.Hooks;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * The beans that every connection asks and tells, looked up when a connection is made and
 * not before: they may themselves be given the connection.
 *
 * @param policies the policy
 * @param customizers change each handshake, in order
 * @param listeners are told events and messages, in order
 * @param observers are told events
 * @param interceptors wrap listener calls, the first one outermost
 * @param messages are told of messages, sent and received
 * @param json reads JSON, if a JSON library is there
 */
record HookBeans(ObjectProvider<ReconnectPolicy> policies, ObjectProvider<HandshakeCustomizer> customizers,
		ObjectProvider<ConnectionListener> listeners, ObjectProvider<ConnectionObserver> observers,
		ObjectProvider<DeliveryInterceptor> interceptors, ObjectProvider<MessageObserver> messages,
		ObjectProvider<JsonCodec> json) {

	/**
	 * Look the beans up that are for a connection.
	 * @param settings what was asked of it
	 * @param ours an observer that precedes them, or {@code null}
	 * @param addresses asked before each attempt, or {@code null} for the settings'
	 * @return the hooks of a connection
	 */
	Hooks lookUp(ConnectionSettings settings, @Nullable ConnectionObserver ours,
			@Nullable Supplier<List<URI>> addresses) {
		List<ConnectionObserver> all = Stream.concat(Stream.ofNullable(ours), this.observers.orderedStream()).toList();
		return new Hooks(this.policies.getObject(), this.customizers.orderedStream().toList(),
				this.listeners.orderedStream().filter((listener) -> listener.supports(settings)).toList(), all,
				this.interceptors.orderedStream().filter((interceptor) -> interceptor.supports(settings)).toList(),
				this.messages.orderedStream().filter((observer) -> observer.supports(settings)).toList(),
				this.json.getIfAvailable(), addresses);
	}

}
