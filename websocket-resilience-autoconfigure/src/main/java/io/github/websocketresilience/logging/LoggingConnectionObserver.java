package io.github.websocketresilience.logging;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;

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
 * discarded messages, skipped events, attempts without a thread: each the first time,
 * then at most one line in ten seconds, which carries the number;</li>
 * <li>ERROR: given up; once in a run a message too big and a failed policy; internal
 * errors;</li>
 * <li>DEBUG: missed heartbeats and every end; TRACE: answered heartbeats.</li>
 * </ul>
 * Times are those of the events. What a peer wrote is cut and escaped, its messages are
 * never shown: of what a message could not be read for, classes only.
 */
public final class LoggingConnectionObserver implements ConnectionObserver {

	private final Map<String, ConnectionLog> logs = new ConcurrentHashMap<>();

	@Override
	public void onEvent(ConnectionEvent event) {
		this.logs.computeIfAbsent(event.connection(), ConnectionLog::new).onEvent(event);
		if (event instanceof ConnectionEvent.Closed) {
			this.logs.remove(event.connection());
		}
	}

}
