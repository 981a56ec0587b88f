package io.github.websocketresilience.actuate.endpoint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint of all connections. What it answers holds no secret. Connections can
 * be read by default, and reconnected, paused and resumed with
 * {@code management.endpoint.websockets.access=unrestricted}.
 */
@Endpoint(id = "websockets", defaultAccess = Access.READ_ONLY)
public final class WebSocketsEndpoint {

	private final WebSocketConnections connections;

	private final ConnectionHistory history;

	/**
	 * Create an endpoint.
	 * @param connections the connections
	 * @param history what became of them
	 */
	public WebSocketsEndpoint(WebSocketConnections connections, ConnectionHistory history) {
		this.connections = connections;
		this.history = history;
	}

	/**
	 * Describe all connections in short.
	 * @return all of them, by name
	 */
	@ReadOperation
	public ConnectionsDescriptor connections() {
		Map<String, ConnectionSummary> summaries = new LinkedHashMap<>();
		this.connections.forEach((connection) -> summaries.put(connection.name(), ConnectionSummary.of(connection)));
		return new ConnectionsDescriptor(summaries);
	}

	/**
	 * Describe a connection.
	 * @param name its name
	 * @return all that is known about it, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable ConnectionDescriptor connection(@Selector String name) {
		return this.connections.find(name).map(this::describe).orElse(null);
	}

	private ConnectionDescriptor describe(WebSocketConnection connection) {
		return new ConnectionDescriptor(connection.name(), connection.settings().group(), connection.snapshot(),
				SettingsDescription.of(connection.settings()), this.history.of(connection.name()));
	}

	/**
	 * Reconnect, pause or resume a connection. Returns at once: state and transitions
	 * tell what becomes of it.
	 * @param name its name
	 * @param action what to do with it
	 * @return what was asked
	 * @throws InvalidEndpointRequestException if there is no such connection or action
	 */
	@WriteOperation
	public ActionDescriptor change(@Selector String name, String action) {
		WebSocketConnection connection = this.connections.find(name)
			.orElseThrow(() -> invalid("there is no WebSocket connection of that name"));
		return change(connection, Action.of(action).orElseThrow(() -> invalid(Action.choice())));
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	static ActionDescriptor change(WebSocketConnection connection, Action action) {
		ConnectionState before = connection.state();
		action.on(connection);
		return new ActionDescriptor(connection.name(), action.toString(), before, action.nothingToDo(before));
	}

	/**
	 * All connections in short.
	 *
	 * @param connections by name
	 */
	public record ConnectionsDescriptor(Map<String, ConnectionSummary> connections) implements OperationResponseBody {
	}

	/**
	 * A connection in short.
	 *
	 * @param group whose metrics and health entry it shares, or {@code null} for its own
	 * @param state what it is doing
	 * @param since when it began to
	 * @param url the address in use without user info and query
	 * @param lastDisconnect why the last attempt or socket ended, in one line, or
	 * {@code null}
	 * @param sent messages handed to the socket
	 * @param received messages received
	 * @param discarded messages of either direction that were not delivered
	 * @param queued messages waiting to be written
	 */
	public record ConnectionSummary(@Nullable String group, ConnectionState state, Instant since, String url,
			@Nullable String lastDisconnect, long sent, long received, long discarded, long queued) {

		static ConnectionSummary of(WebSocketConnection connection) {
			ConnectionSnapshot snapshot = connection.snapshot();
			String end = (snapshot.lastDisconnect() != null) ? snapshot.lastDisconnect().text() : null;
			return new ConnectionSummary(connection.settings().group(), snapshot.state(), snapshot.since(),
					snapshot.url(), end, snapshot.sent().messages(), snapshot.received().messages(),
					snapshot.discarded().messages(), snapshot.queue().messages());
		}

	}

	/**
	 * All that is known about a connection.
	 *
	 * @param name its name
	 * @param group whose metrics and health entry it shares, or {@code null} for its own
	 * @param snapshot what it is doing
	 * @param settings what was asked for, by property; of what may be a secret only that
	 * it is there
	 * @param transitions its last changes of state, the oldest first
	 */
	public record ConnectionDescriptor(String name, @Nullable String group, ConnectionSnapshot snapshot,
			Map<String, Object> settings, List<Transition> transitions) implements OperationResponseBody {
	}

	/**
	 * What was asked of a connection.
	 *
	 * @param name its name
	 * @param action what was asked
	 * @param stateBefore what it was doing
	 * @param nothingToDo why that changes nothing, or {@code null} if it does
	 */
	public record ActionDescriptor(String name, String action, ConnectionState stateBefore,
			@Nullable String nothingToDo) implements OperationResponseBody {
	}

}
