package io.github.websocketresilience.observation;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an attempt to connect. Its carrier takes the headers of the trace
 * context, and nothing else.
 */
public final class WebSocketHandshakeObservationContext extends SenderContext<Map<String, String>> {

	private final ConnectionSettings settings;

	private final long attempt;

	private final String url;

	private final Map<String, String> headers = new HashMap<>();

	private @Nullable Outcome outcome;

	private @Nullable Disconnect disconnect;

	/**
	 * Create a context.
	 * @param settings what was asked of the connection
	 * @param attempt the number of the attempt
	 * @param url the address; user info and query are left out
	 */
	public WebSocketHandshakeObservationContext(ConnectionSettings settings, long attempt, URI url) {
		super((carrier, key, value) -> Objects.requireNonNull(carrier).put(key, value), Kind.CLIENT);
		this.settings = settings;
		this.attempt = attempt;
		this.url = ConnectionSettings.withoutSecrets(url);
		setCarrier(this.headers);
		setRemoteServiceAddress(url.getScheme() + "://" + url.getHost() + ":" + portOf(url));
	}

	private static int portOf(URI url) {
		if (url.getPort() != -1) {
			return url.getPort();
		}
		return "wss".equals(url.getScheme()) ? 443 : 80;
	}

	/**
	 * Return what was asked of the connection.
	 * @return the settings; may hold secrets, which their {@code toString} does not show
	 */
	public ConnectionSettings getSettings() {
		return this.settings;
	}

	/**
	 * Return the number of the attempt.
	 * @return the number, from 1 on
	 */
	public long getAttempt() {
		return this.attempt;
	}

	/**
	 * Return the address before customizers.
	 * @return the address without user info and query
	 */
	public String getUrl() {
		return this.url;
	}

	/**
	 * Return how it ended.
	 * @return the outcome, or {@code null} as long as it lasts
	 */
	public @Nullable Outcome getOutcome() {
		return this.outcome;
	}

	/**
	 * Return why it did not open.
	 * @return the end of the attempt, or {@code null} if it opened or lasts, or was
	 * cancelled before anything was told of it
	 */
	public @Nullable Disconnect getDisconnect() {
		return this.disconnect;
	}

	/**
	 * Return the headers of the trace context, there when the observation has started.
	 */
	Map<String, String> headers() {
		return this.headers;
	}

	void ended(Outcome outcome, @Nullable Disconnect disconnect) {
		this.outcome = outcome;
		this.disconnect = disconnect;
	}

	/**
	 * How an attempt ended.
	 */
	public enum Outcome {

		/**
		 * The connection is open.
		 */
		OPENED,

		/**
		 * It failed.
		 */
		FAILED,

		/**
		 * It was given up by a close on purpose.
		 */
		CANCELLED

	}

}
