package io.github.websocketresilience.messaging;

import java.util.List;

import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * The way of the messages of one connection: to each of its methods, whatever happens to
 * the others.
 *
 * @param methods the methods, in order
 * @param scalars where they look
 * @param reader reads JSON, {@code null} without a JSON library
 */
record ListenerRoute(List<ListenerMethod> methods, SoughtScalars scalars, @Nullable MessageReader reader) {

	/**
	 * Make the route of a connection.
	 * @param connection its name, {@code null} for those that no method names
	 * @param all the methods of all connections
	 * @param reader reads JSON, {@code null} without a JSON library
	 * @return the route
	 */
	static ListenerRoute of(@Nullable String connection, List<ListenerMethod> all, @Nullable MessageReader reader) {
		List<ListenerMethod> methods = all.stream()
			.map((method) -> method.with(filters(connection, method)))
			.filter((method) -> !method.filters().isEmpty())
			.toList();
		List<String> pointers = methods.stream()
			.flatMap((method) -> method.filters().stream())
			.flatMap((filter) -> filter.match().keySet().stream())
			.toList();
		return new ListenerRoute(methods, SoughtScalars.at(pointers, reader), reader);
	}

	private static List<ListenerFilter> filters(@Nullable String connection, ListenerMethod method) {
		return method.filters()
			.stream()
			.filter((filter) -> (connection != null) ? filter.takesFrom(connection) : filter.connections().isEmpty())
			.toList();
	}

	void follow(WebSocketConnection connection, Message message) {
		if (this.methods.isEmpty()) {
			return;
		}
		IncomingMessage incoming = new IncomingMessage(connection, message, this.reader, this.scalars);
		ListenerMethodException first = null;
		for (ListenerMethod method : this.methods) {
			try {
				method.take(incoming);
			}
			catch (Throwable ex) {
				ListenerMethodException failure = new ListenerMethodException(method.name(), ex);
				if (first == null) {
					first = failure;
				}
				else {
					first.addSuppressed(failure);
				}
			}
		}
		if (first != null) {
			throw first;
		}
	}

}
