package io.github.websocketresilience.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Time;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a transport that have not ended. Tomcat's container has such a list too,
 * but enters a session only after it has told that it is open.
 */
final class OpenSockets {

	private static final int GOING_AWAY = 1001;

	private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final Set<SpringSocket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicBoolean watching = new AtomicBoolean();

	private final @Nullable Time time;

	private volatile boolean closed;

	/**
	 * Create an empty set.
	 * @param time to look after the sockets from time to time, or {@code null} if there
	 * is nothing to look for
	 */
	OpenSockets(@Nullable Time time) {
		this.time = time;
	}

	void add(SpringSocket socket) {
		this.sockets.add(socket);
		watch();
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

	// One timer for all sockets, and none while there is no socket.
	private void watch() {
		if (this.time != null && !this.sockets.isEmpty() && this.watching.compareAndSet(false, true)) {
			this.time.schedule("broken close frames", LOOK_NANOS, this::look);
		}
	}

	private void look() {
		this.watching.set(false);
		this.sockets.forEach(SpringSocket::look);
		watch();
	}

	private static void end(SpringSocket socket) {
		socket.fail(Disconnect.of(Kind.CONNECTION_LOST, "the transport was closed"), GOING_AWAY);
	}

}
