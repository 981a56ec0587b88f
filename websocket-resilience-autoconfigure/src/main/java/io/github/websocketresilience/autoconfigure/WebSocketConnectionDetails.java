package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.List;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Says where the server of a configured connection is, in place of its properties
 * {@code url} and {@code urls}. Several beans are asked in order, the first that knows
 * the connection answers.
 */
@FunctionalInterface
public interface WebSocketConnectionDetails extends ConnectionDetails {

	/**
	 * Return the addresses of a connection. Asked when the application starts and again
	 * before each attempt, for several connections at once, on threads that may block;
	 * what it throws then is a failed attempt.
	 * @param connection the name of the connection, {@code default} for the one at the
	 * top level
	 * @return absolute ws or wss addresses, in the order in which to try them; empty if
	 * the connection is not known here, so that its properties count
	 */
	List<URI> urls(String connection);

}
