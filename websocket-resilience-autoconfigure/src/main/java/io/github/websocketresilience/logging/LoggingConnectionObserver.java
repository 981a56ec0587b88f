package io.github.websocketresilience.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.WebSocketConnection;

/**
 * Writes what happens to connections to the log, one ASCII line each, under the name of
 * this package: <pre class="code">
 * prices: OPEN -&gt; WAITING (no proof of life for 10s after 42 answered heartbeats; next attempt in 1.3s)
 * </pre>
 * <ul>
 * <li>INFO: changes of state; WARN: the connection was lost or an attempt failed. Of ends
 * in a row the first, second, fourth, eighth and so on are logged, the others with the
 * attempts at DEBUG;</li>
 * <li>WARN: failed listeners, messages that a listener could not read, silent feeds,
 * discarded messages, skipped events, attempts without a thread, stalls of our own
 * process: each the first time, then at most one line in ten seconds, which carries the
 * number;</li>
 * <li>ERROR: given up; once in a run a message too big and a failed policy; internal
 * errors;</li>
 * <li>DEBUG: missed heartbeats and every end; TRACE: answered heartbeats.</li>
 * </ul>
 * Every line says the same as key-values, for formats that write fields. Times are those
 * of the events. What a peer wrote is cut and escaped, its messages are not shown: of
 * what a message could not be read for, classes only, and the begin of the message only
 * with {@code log-payloads}.
 */
public final class LoggingConnectionObserver implements ConnectionObserver {

	private final Map<String, ConnectionLog> logs = new ConcurrentHashMap<>();

	@Override
	public void onAdded(WebSocketConnection connection) {
		long loggedPayload = connection.settings().diagnostics().loggedPayload();
		this.logs.put(connection.name(), new ConnectionLog(connection.name(), loggedPayload));
	}

	@Override
	public void onEvent(ConnectionEvent event) {
		this.logs.computeIfAbsent(event.connection(), (name) -> new ConnectionLog(name, 0)).onEvent(event);
	}

	@Override
	public void onRemoved(WebSocketConnection connection) {
		ConnectionLog removed = this.logs.remove(connection.name());
		if (removed != null) {
			removed.sayTheRest(connection.snapshot().since());
		}
	}

}
