package io.github.websocketresilience.actuate.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last {@value #MOST} changes of state of every connection, until it is
 * removed. A connection that has not changed takes no memory.
 */
public final class ConnectionHistory implements ConnectionObserver {

	static final int MOST = 20;

	private final Map<String, Log> logs = new ConcurrentHashMap<>();

	/**
	 * Return what became of a connection.
	 * @param connection its name
	 * @return its last changes of state, the oldest first
	 */
	public List<Transition> of(String connection) {
		Log log = this.logs.get(connection);
		return (log != null) ? log.transitions : List.of();
	}

	@Override
	public void onEvent(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Disconnected disconnected) {
			log(event).ended = disconnected.disconnect().text();
		}
		else if (event instanceof ConnectionEvent.StateChange change) {
			log(event).add(change);
		}
	}

	@Override
	public void onRemoved(WebSocketConnection connection) {
		this.logs.remove(connection.name());
	}

	private Log log(ConnectionEvent event) {
		return this.logs.computeIfAbsent(event.connection(), (name) -> new Log());
	}

	/**
	 * Of one connection. Written by one observer call at a time, read at any time.
	 */
	private static final class Log {

		private volatile List<Transition> transitions = List.of();

		/** Why the socket or attempt ended that the next change is about. */
		private @Nullable String ended;

		void add(ConnectionEvent.StateChange change) {
			List<Transition> before = this.transitions;
			List<Transition> after = new ArrayList<>(
					before.subList(Math.max(0, before.size() + 1 - MOST), before.size()));
			Transition last = !before.isEmpty() ? before.get(before.size() - 1) : null;
			after.add(new Transition(change.from(), change.to(), change.at(), lasted(last, change), change.attempt(),
					cause(change)));
			this.ended = null;
			this.transitions = List.copyOf(after);
		}

		private static @Nullable Duration lasted(@Nullable Transition last, ConnectionEvent change) {
			if (last == null) {
				return null;
			}
			Duration lasted = Duration.between(last.at(), change.at());
			return lasted.isNegative() ? Duration.ZERO : lasted;
		}

		private @Nullable String cause(ConnectionEvent.StateChange change) {
			if (change instanceof ConnectionEvent.RetryScheduled retry) {
				return retry.cause().text();
			}
			if (change instanceof ConnectionEvent.Closed closed && closed.gaveUp() != null) {
				return "gave up: " + closed.gaveUp().text();
			}
			return (change instanceof ConnectionEvent.Closing) ? "close requested" : this.ended;
		}

	}

}
