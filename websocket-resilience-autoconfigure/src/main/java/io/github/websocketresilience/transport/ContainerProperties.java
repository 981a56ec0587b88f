package io.github.websocketresilience.transport;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings;

/**
 * Tomcat's user properties, which other containers ignore. The types matter: Tomcat casts
 * those of the handshake to {@code String}, and of the session it ignores what is not a
 * {@code Long}.
 */
final class ContainerProperties {

	private static final String PREFIX = "org.apache.tomcat.websocket.";

	private static final String PROXY_USER_NAME = PREFIX + "WS_AUTHENTICATION_PROXY_USER_NAME";

	private static final String PROXY_PASSWORD = PREFIX + "WS_AUTHENTICATION_PROXY_PASSWORD";

	private static final String BLOCKING_SEND_TIMEOUT = PREFIX + "BLOCKING_SEND_TIMEOUT";

	private static final String ABNORMAL_CLOSE_TIMEOUT = PREFIX + "ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT";

	private static final String SESSION_CLOSE_TIMEOUT = PREFIX + "SESSION_CLOSE_TIMEOUT";

	private static final long CLOSE_FRAME_MILLIS = 50;

	// Of these, what Tomcat may wait to flush a batch that a stuck writer holds.
	private static final long LAST_FLUSH_MILLIS = 20;

	private static final long ABANDONED_MILLIS = 1000;

	// So that ours is the first deadline to fire, and says what it was about.
	private static final long MARGIN_MILLIS = 1000;

	// A close(1000) that is stuck keeps an abort from ending TCP, which has 3 s.
	private static final long NORMAL_CLOSE_MILLIS = 2000;

	private ContainerProperties() {
	}

	static Map<String, Object> of(ConnectionSettings settings) {
		Map<String, Object> properties = new HashMap<>();
		long connect = Math.max(1, millis(settings.handshake().connectTimeout()));
		properties.put(PREFIX + "IO_TIMEOUT_MS", Long.toString(connect));
		properties.put(PREFIX + "MAX_REDIRECTIONS", "0");
		properties.put(BLOCKING_SEND_TIMEOUT, millis(settings.outbound().sendTimeout()) + MARGIN_MILLIS);
		properties.put(ABNORMAL_CLOSE_TIMEOUT, CLOSE_FRAME_MILLIS);
		properties.put(SESSION_CLOSE_TIMEOUT, ABANDONED_MILLIS);
		ConnectionSettings.Credentials proxy = settings.security().proxy();
		if (proxy != null) {
			properties.put(PROXY_USER_NAME, proxy.username());
			properties.put(PROXY_PASSWORD, proxy.password());
		}
		else {
			// With nothing to answer a challenge with, Tomcat fails alike for a proxy's
			// and a server's, but for what it misses first: see ProxyFailures.
			properties.put(PROXY_USER_NAME, "");
		}
		return properties;
	}

	/**
	 * Prepare an orderly close: the peer may take its time to answer.
	 * @param properties the properties of the session
	 * @param closeTimeout how long it may take
	 */
	static void beforeClose(Map<String, Object> properties, Duration closeTimeout) {
		properties.put(SESSION_CLOSE_TIMEOUT, millis(closeTimeout) + MARGIN_MILLIS);
		properties.put(BLOCKING_SEND_TIMEOUT, NORMAL_CLOSE_MILLIS);
	}

	/**
	 * Prepare an abort: before its close frame Tomcat flushes what was collected, for
	 * which it would wait as long as for any write.
	 * @param properties the properties of the session
	 */
	static void beforeAbort(Map<String, Object> properties) {
		properties.put(BLOCKING_SEND_TIMEOUT, LAST_FLUSH_MILLIS);
		properties.put(ABNORMAL_CLOSE_TIMEOUT, CLOSE_FRAME_MILLIS - LAST_FLUSH_MILLIS);
	}

	// Tomcat cuts some of them to an int.
	private static long millis(Duration duration) {
		return Math.min(duration.toMillis(), Integer.MAX_VALUE - MARGIN_MILLIS);
	}

}
