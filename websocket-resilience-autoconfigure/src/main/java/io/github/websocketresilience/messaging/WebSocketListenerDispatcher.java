package io.github.websocketresilience.messaging;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Stands behind all {@link WebSocketListener} methods. What lies at the JSON pointers of
 * a connection's methods is found in one pass, and a value is read once for all methods
 * of an equal type: a method that does not match costs a comparison.
 * <p>
 * Each method gets a message whatever another one made of it. Of methods that failed the
 * first one's {@link ListenerMethodException} is thrown when all have been called, with
 * the others' as suppressed ones; the cause is what the method threw, or an
 * {@link UnreadableMessageException}.
 */
public final class WebSocketListenerDispatcher implements ConnectionListener {

	private final @Nullable MessageReader reader;

	private volatile @Nullable Routes routes;

	/**
	 * Create a dispatcher that has no methods yet.
	 * @param reader reads JSON, {@code null} if no JSON library is there
	 */
	public WebSocketListenerDispatcher(@Nullable MessageReader reader) {
		this.reader = reader;
	}

	@Nullable MessageReader reader() {
		return this.reader;
	}

	/**
	 * Begin to call methods, in the place of those called so far.
	 * @param methods the methods, in order
	 */
	void callThese(List<ListenerMethod> methods) {
		this.routes = methods.isEmpty() ? null : new Routes(methods, this.reader);
	}

	@Override
	public boolean handles(WebSocketConnection connection, Message message) {
		Routes current = this.routes;
		return current != null && !current.of(connection).isEmpty();
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		Routes current = this.routes;
		if (current != null) {
			current.of(connection).follow(connection, message);
		}
	}

	/**
	 * The ways of messages. A connection is found by its name, by its group, or by both,
	 * as far as methods name them.
	 */
	private static final class Routes {

		private final List<ListenerMethod> methods;

		private final @Nullable MessageReader reader;

		private final Map<String, ListenerRoute> named;

		private final ListenerRoute others;

		private final Map<Set<String>, ListenerRoute> both = new ConcurrentHashMap<>();

		private Routes(List<ListenerMethod> methods, @Nullable MessageReader reader) {
			this.methods = methods;
			this.reader = reader;
			this.named = methods.stream()
				.flatMap((method) -> method.filters().stream())
				.flatMap((filter) -> filter.connections().stream())
				.distinct()
				.collect(Collectors.toMap(Function.identity(), (name) -> route(Set.of(name))));
			this.others = route(Set.of());
		}

		private ListenerRoute route(Set<String> names) {
			return ListenerRoute.of(names, this.methods, this.reader);
		}

		ListenerRoute of(WebSocketConnection connection) {
			ListenerRoute byName = this.named.get(connection.name());
			String group = connection.settings().group();
			ListenerRoute byGroup = (group != null) ? this.named.get(group) : null;
			if (byName == null) {
				return (byGroup != null) ? byGroup : this.others;
			}
			return (byGroup == null || byGroup == byName) ? byName
					: this.both.computeIfAbsent(Set.of(connection.name(), group), this::route);
		}

	}

}
