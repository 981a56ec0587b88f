package io.github.websocketresilience.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;

/**
 * The sockets of a transport that have not ended. Tomcat's container has such a list too,
 * but enters a session only after it has told that it is open.
 */
final class OpenSockets {

	private static final int GOING_AWAY = 1001;

	private final Set<SpringSocket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	void add(SpringSocket socket) {
		this.sockets.add(socket);
		if (this.closed) {
			end(socket);
		}
	}

	void remove(SpringSocket socket) {
		this.sockets.remove(socket);
	}

	void close() {
		this.closed = true;
		this.sockets.forEach(OpenSockets::end);
	}

	boolean isClosed() {
		return this.closed;
	}

	private static void end(SpringSocket socket) {
		socket.fail(Disconnect.of(Kind.CONNECTION_LOST, "the transport was closed"), GOING_AWAY);
	}

}
