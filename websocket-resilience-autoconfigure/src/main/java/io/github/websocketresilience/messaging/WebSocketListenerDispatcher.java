package io.github.websocketresilience.messaging;

import java.util.List;
import java.util.Map;
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
		this.routes = methods.isEmpty() ? null
				: new Routes(
						methods.stream()
							.flatMap((method) -> method.filters().stream())
							.flatMap((filter) -> filter.connections().stream())
							.distinct()
							.collect(Collectors.toMap(Function.identity(),
									(name) -> ListenerRoute.of(name, methods, this.reader))),
						ListenerRoute.of(null, methods, this.reader));
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		Routes current = this.routes;
		if (current != null) {
			current.of(connection).follow(connection, message);
		}
	}

	/**
	 * The ways of messages.
	 *
	 * @param named those of connections that methods name
	 * @param others that of all others
	 */
	private record Routes(Map<String, ListenerRoute> named, ListenerRoute others) {

		ListenerRoute of(WebSocketConnection connection) {
			return this.named.getOrDefault(connection.name(), this.others);
		}

	}

}
