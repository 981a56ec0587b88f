package io.github.websocketresilience.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of every connection. {@code docs/reference/observations.md} is
 * generated from this.
 */
public enum WebSocketClientObservationDocumentation implements ObservationDocumentation {

	/**
	 * A listener handles a message.
	 */
	PROCESS(DefaultWebSocketProcessObservationConvention.class,
			"A listener handles a message: one for each message and listener, open as the current one while it runs",
			new LowCardinalityKeyNames[] { LowCardinalityKeyNames.CONNECTION, LowCardinalityKeyNames.TYPE,
					LowCardinalityKeyNames.EXCEPTION },
			new HighCardinalityKeyNames[] { HighCardinalityKeyNames.CONNECTION_NAME, HighCardinalityKeyNames.ATTEMPT,
					HighCardinalityKeyNames.SIZE }),

	/**
	 * A request waits for its reply.
	 */
	REQUEST(DefaultWebSocketRequestObservationConvention.class,
			"From `request()` to its reply or failure; child of the caller's current one",
			new LowCardinalityKeyNames[] { LowCardinalityKeyNames.CONNECTION, LowCardinalityKeyNames.OUTCOME },
			new HighCardinalityKeyNames[] { HighCardinalityKeyNames.CONNECTION_NAME, HighCardinalityKeyNames.SIZE }),

	/**
	 * An attempt to connect.
	 */
	HANDSHAKE(DefaultWebSocketHandshakeObservationConvention.class,
			"An attempt to connect, from the first handshake customizer to its end; its context is sent with the request",
			new LowCardinalityKeyNames[] { LowCardinalityKeyNames.CONNECTION, LowCardinalityKeyNames.OUTCOME,
					LowCardinalityKeyNames.KIND, LowCardinalityKeyNames.STATUS },
			new HighCardinalityKeyNames[] { HighCardinalityKeyNames.CONNECTION_NAME, HighCardinalityKeyNames.ATTEMPT,
					HighCardinalityKeyNames.URL });

	private final Class<? extends ObservationConvention<? extends Observation.Context>> convention;

	private final String description;

	private final LowCardinalityKeyNames[] lowCardinalityKeyNames;

	private final HighCardinalityKeyNames[] highCardinalityKeyNames;

	WebSocketClientObservationDocumentation(
			Class<? extends ObservationConvention<? extends Observation.Context>> convention, String description,
			LowCardinalityKeyNames[] lowCardinalityKeyNames, HighCardinalityKeyNames[] highCardinalityKeyNames) {
		this.convention = convention;
		this.description = description;
		this.lowCardinalityKeyNames = lowCardinalityKeyNames;
		this.highCardinalityKeyNames = highCardinalityKeyNames;
	}

	@Override
	public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
		return this.convention;
	}

	/**
	 * Return what is observed.
	 * @return a description for the documentation
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public KeyName[] getLowCardinalityKeyNames() {
		return this.lowCardinalityKeyNames.clone();
	}

	@Override
	public KeyName[] getHighCardinalityKeyNames() {
		return this.highCardinalityKeyNames.clone();
	}

	/**
	 * Keys with few values: tags of meters and of spans.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/**
		 * Group or name of the connection.
		 */
		CONNECTION("connection", "group of the connection, or its name if it has no group; as the tag of the meters"),

		/**
		 * Type of the message.
		 */
		TYPE("type", "`text` or `binary`"),

		/**
		 * What the listener threw.
		 */
		EXCEPTION("exception", "simple class name of what the listener threw, or `none`"),

		/**
		 * How it ended.
		 */
		OUTCOME("outcome",
				"of a request `reply`, a `RequestFailedException.Reason` in lower case, `cancelled`, or `failed` if the"
						+ " caller completed the future otherwise; of a handshake `opened`, `failed`, or `cancelled` by a"
						+ " close on purpose; `unknown` as long as it lasts"),

		/**
		 * What ended an attempt.
		 */
		KIND("kind", "a `Disconnect.Kind` in lower case, `upgrade_refused` for one; `none` if it opened"),

		/**
		 * HTTP status of a refused upgrade.
		 */
		STATUS("status", "HTTP status of a refused upgrade, or `none`");

		private final String key;

		private final String description;

		LowCardinalityKeyNames(String key, String description) {
			this.key = key;
			this.description = description;
		}

		@Override
		public String asString() {
			return this.key;
		}

		/**
		 * Return what its values say.
		 * @return a description for the documentation
		 */
		public String getDescription() {
			return this.description;
		}

	}

	/**
	 * Keys with many values: tags of spans only.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/**
		 * Name of the connection.
		 */
		CONNECTION_NAME("websocket.connection", "name of the connection"),

		/**
		 * Number of the attempt.
		 */
		ATTEMPT("websocket.attempt",
				"number of the attempt, or of that which opened the socket of the message;"
						+ " counts from 1 with every start, 0 if it is not known"),

		/**
		 * Size of the message.
		 */
		SIZE("websocket.message.size", "uncompressed payload in bytes"),

		/**
		 * Address.
		 */
		URL("websocket.url", "address of the settings, without user info and query; a customizer may replace it later");

		private final String key;

		private final String description;

		HighCardinalityKeyNames(String key, String description) {
			this.key = key;
			this.description = description;
		}

		@Override
		public String asString() {
			return this.key;
		}

		/**
		 * Return what its values say.
		 * @return a description for the documentation
		 */
		public String getDescription() {
			return this.description;
		}

	}

}
