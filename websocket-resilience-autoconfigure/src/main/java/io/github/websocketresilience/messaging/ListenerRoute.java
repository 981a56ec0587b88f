package io.github.websocketresilience.messaging;

import java.util.List;
import java.util.Set;

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
	 * @param names its name and that of its group, as far as methods name them
	 * @param all the methods of all connections
	 * @param reader reads JSON, {@code null} without a JSON library
	 * @return the route
	 */
	static ListenerRoute of(Set<String> names, List<ListenerMethod> all, @Nullable MessageReader reader) {
		List<ListenerMethod> methods = all.stream()
			.map((method) -> method.with(filters(names, method)))
			.filter((method) -> !method.filters().isEmpty())
			.toList();
		List<String> pointers = methods.stream()
			.flatMap((method) -> method.filters().stream())
			.flatMap((filter) -> filter.match().keySet().stream())
			.toList();
		return new ListenerRoute(methods, SoughtScalars.at(pointers, reader), reader);
	}

	private static List<ListenerFilter> filters(Set<String> names, ListenerMethod method) {
		return method.filters().stream().filter((filter) -> filter.takesFrom(names)).toList();
	}

	boolean isEmpty() {
		return this.methods.isEmpty();
	}

	void follow(WebSocketConnection connection, Message message) {
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
