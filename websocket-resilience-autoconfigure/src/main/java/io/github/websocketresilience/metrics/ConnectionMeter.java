package io.github.websocketresilience.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of every connection. {@code docs/reference/metrics.md} is generated from
 * this.
 */
public enum ConnectionMeter implements MeterDocumentation {

	/**
	 * One gauge per state.
	 */
	STATE("websocket.client.state", Meter.Type.GAUGE, "connections",
			"Whether the connection is in this state: 1 of one state, 0 of the others", Tag.CONNECTION, Tag.STATE),

	/**
	 * Attempts to connect.
	 */
	ATTEMPTS("websocket.client.attempts", Meter.Type.COUNTER, "attempts", "Attempts to connect that have ended",
			Tag.CONNECTION, Tag.OUTCOME),

	/**
	 * Ends of sockets that had been open.
	 */
	DISCONNECTS("websocket.client.disconnects", Meter.Type.COUNTER, "disconnects",
			"Ends of connections that had been open", Tag.CONNECTION, Tag.KIND),

	/**
	 * Messages sent and received.
	 */
	MESSAGES("websocket.client.messages", Meter.Type.COUNTER, "messages",
			"Messages handed to the socket or received, heartbeats and automatic replies excluded", Tag.CONNECTION,
			Tag.DIRECTION),

	/**
	 * Their payload.
	 */
	BYTES("websocket.client.bytes", Meter.Type.COUNTER, "bytes",
			"Uncompressed payload of the messages handed to the socket or received", Tag.CONNECTION, Tag.DIRECTION),

	/**
	 * Messages that wait.
	 */
	QUEUED("websocket.client.queued", Meter.Type.GAUGE, "messages",
			"Messages waiting: out for the socket, in for listeners, events included", Tag.CONNECTION, Tag.DIRECTION),

	/**
	 * Messages that were not delivered.
	 */
	DISCARDED("websocket.client.discarded", Meter.Type.COUNTER, "messages",
			"Messages of either direction that were not delivered", Tag.CONNECTION, Tag.REASON),

	/**
	 * Answered heartbeats.
	 */
	HEARTBEAT_ROUND_TRIP("websocket.client.heartbeat.round.trip", Meter.Type.TIMER, "seconds",
			"Time from handing a heartbeat to the socket to its reply", Tag.CONNECTION),

	/**
	 * Heartbeats without proof of life.
	 */
	HEARTBEATS_MISSED("websocket.client.heartbeats.missed", Meter.Type.COUNTER, "heartbeats",
			"Heartbeats without proof of life in time", Tag.CONNECTION),

	/**
	 * Messages that a listener could not read.
	 */
	UNREADABLE("websocket.client.unreadable", Meter.Type.COUNTER, "messages",
			"Messages that could not be read as the type that a listener wants, once for each listener",
			Tag.CONNECTION),

	/**
	 * Periods without a message.
	 */
	SILENCES("websocket.client.silences", Meter.Type.COUNTER, "silences",
			"Periods without a message that were longer than inbound.max-silence", Tag.CONNECTION),

	/**
	 * Requests without a reply so far.
	 */
	REQUESTS_PENDING("websocket.client.requests.pending", Meter.Type.GAUGE, "requests",
			"Requests waiting for their reply", Tag.CONNECTION);

	private final String meterName;

	private final Meter.Type type;

	private final String baseUnit;

	private final String description;

	private final Tag[] tags;

	ConnectionMeter(String meterName, Meter.Type type, String baseUnit, String description, Tag... tags) {
		this.meterName = meterName;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.tags = tags;
	}

	@Override
	public String getName() {
		return this.meterName;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	@Override
	public @Nullable String getBaseUnit() {
		return this.baseUnit;
	}

	/**
	 * Return what it measures.
	 * @return the description that registries show
	 */
	public String getDescription() {
		return this.description;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.tags.clone();
	}

	/**
	 * The tags of these meters. All have few values.
	 */
	public enum Tag implements KeyName {

		/**
		 * Name of the connection.
		 */
		CONNECTION("connection", "name of the connection, `default` for the one at the top level"),

		/**
		 * A state.
		 */
		STATE("state", "`idle`, `connecting`, `open`, `waiting`, `closing` or `closed`"),

		/**
		 * How an attempt ended.
		 */
		OUTCOME("outcome", "`opened`, `failed`, or `cancelled` by a close on purpose"),

		/**
		 * What ended a socket.
		 */
		KIND("kind", "what ended it: a `Disconnect.Kind` in lower case, `heartbeat_timeout` for one"),

		/**
		 * Where messages go.
		 */
		DIRECTION("direction", "`in` or `out`"),

		/**
		 * Why a message was discarded.
		 */
		REASON("reason", "why: a `ConnectionEvent.DiscardReason` in lower case, `expired` for one");

		private final String key;

		private final String description;

		Tag(String key, String description) {
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
