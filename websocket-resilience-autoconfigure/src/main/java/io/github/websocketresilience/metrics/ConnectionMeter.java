package io.github.websocketresilience.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;

/**
 * The meters of every connection, or of every group of connections: then they are sums
 * unless they say otherwise. {@code docs/reference/metrics.md} is generated from this.
 */
public enum ConnectionMeter implements MeterDocumentation {

	/**
	 * One gauge per state.
	 */
	STATE("websocket.client.state", Meter.Type.GAUGE, "connections",
			"Connections in this state: of a single one, 1 of one state and 0 of the others", ConnectionMeterTag.STATE),

	/**
	 * Connections that nobody tries to open any more.
	 */
	GAVE_UP("websocket.client.gave.up", Meter.Type.GAUGE, "connections",
			"Connections that are closed because the reconnect policy gave up"),

	/**
	 * Current downtime.
	 */
	NOT_OPEN("websocket.client.not.open", Meter.Type.GAUGE, "seconds",
			"Time since the connection was last open, or was started, also after it gave up; 0 while it is open, idle or "
					+ "closed on purpose. Of a group the longest"),

	/**
	 * Attempts to connect.
	 */
	ATTEMPTS("websocket.client.attempts", Meter.Type.COUNTER, "attempts", "Attempts to connect that have ended",
			ConnectionMeterTag.OUTCOME),

	/**
	 * Attempts that opened.
	 */
	CONNECT_TIME("websocket.client.connect.time", Meter.Type.TIMER, "seconds",
			"Time from the begin of an attempt to the open, of attempts that opened"),

	/**
	 * Ends of sockets that had been open.
	 */
	DISCONNECTS("websocket.client.disconnects", Meter.Type.COUNTER, "disconnects",
			"Ends of connections that had been open", ConnectionMeterTag.KIND, ConnectionMeterTag.CLOSE_CODE_CLASS),

	/**
	 * How long sockets lasted.
	 */
	UPTIME("websocket.client.uptime", Meter.Type.TIMER, "seconds",
			"Time for which connections had been open when they ended"),

	/**
	 * How long it took to be back.
	 */
	DOWNTIME("websocket.client.downtime", Meter.Type.TIMER, "seconds",
			"Time from the end of an open connection until it was open again"),

	/**
	 * Answered heartbeats.
	 */
	HEARTBEAT_ROUND_TRIP("websocket.client.heartbeat.round.trip", Meter.Type.TIMER, "seconds",
			"Time from handing a heartbeat to the socket to its reply"),

	/**
	 * Heartbeats without proof of life.
	 */
	HEARTBEAT_MISSES("websocket.client.heartbeat.misses", Meter.Type.COUNTER, "misses",
			"Heartbeats without proof of life in time"),

	/**
	 * Stops of our own process.
	 */
	STALLS("websocket.client.stalls", Meter.Type.TIMER, "seconds",
			"Times by which a heartbeat was judged late because our own process had been stopped or starved"),

	/**
	 * Messages sent and received.
	 */
	MESSAGES("websocket.client.messages", Meter.Type.COUNTER, "messages",
			"Messages handed to the socket or received, heartbeats and automatic replies excluded",
			ConnectionMeterTag.DIRECTION),

	/**
	 * Their payload.
	 */
	BYTES("websocket.client.bytes", Meter.Type.COUNTER, "bytes",
			"Uncompressed payload of the messages handed to the socket or received", ConnectionMeterTag.DIRECTION),

	/**
	 * When something was last heard.
	 */
	LAST_MESSAGE_AGE("websocket.client.last.message.age", Meter.Type.GAUGE, "seconds",
			"Time since the last message was received, NaN before the first. Of a group the shortest"),

	/**
	 * Open, and nothing comes.
	 */
	SILENT("websocket.client.silent", Meter.Type.GAUGE, "connections",
			"Connections without a message for longer than their inbound.max-silence"),

	/**
	 * Periods without a message.
	 */
	SILENCES("websocket.client.silences", Meter.Type.COUNTER, "silences",
			"Periods without a message that were longer than inbound.max-silence"),

	/**
	 * Messages that wait.
	 */
	QUEUED("websocket.client.queued", Meter.Type.GAUGE, "messages",
			"Messages waiting: out for the socket, in for listeners, events included", ConnectionMeterTag.DIRECTION),

	/**
	 * How many may wait.
	 */
	CAPACITY("websocket.client.capacity", Meter.Type.GAUGE, "messages",
			"Most messages that may wait: outbound.capacity or inbound.capacity", ConnectionMeterTag.DIRECTION),

	/**
	 * How near that is.
	 */
	FILL("websocket.client.fill", Meter.Type.GAUGE, "ratio",
			"What waits as a part of what may wait, 0 to 1, by messages or by bytes, whichever is more. Of a group that "
					+ "of the fullest",
			ConnectionMeterTag.DIRECTION),

	/**
	 * Messages that were not delivered.
	 */
	DISCARDED("websocket.client.discarded", Meter.Type.COUNTER, "messages",
			"Messages of either direction that were not delivered", ConnectionMeterTag.REASON),

	/**
	 * Listeners are behind.
	 */
	READING_PAUSED("websocket.client.reading.paused", Meter.Type.GAUGE, "connections",
			"Connections whose reading is paused because listeners are behind"),

	/**
	 * Listeners at work.
	 */
	LISTENER_TIME("websocket.client.listener.time", Meter.Type.TIMER, "seconds",
			"Time for which listeners were at work with messages and events; the count is that of the messages"),

	/**
	 * Listeners that threw.
	 */
	LISTENER_FAILURES("websocket.client.listener.failures", Meter.Type.COUNTER, "failures",
			"Messages and events with which a listener threw", ConnectionMeterTag.HANDLING),

	/**
	 * Messages that a listener could not read.
	 */
	UNREADABLE("websocket.client.unreadable", Meter.Type.COUNTER, "messages",
			"Messages that could not be read as the type that a listener wants, once for each listener"),

	/**
	 * Requests without a reply so far.
	 */
	PENDING_REQUESTS("websocket.client.pending.requests", Meter.Type.GAUGE, "requests",
			"Requests waiting for their reply");

	private final String meterName;

	private final Meter.Type type;

	private final String baseUnit;

	private final String description;

	private final KeyName[] tags;

	ConnectionMeter(String meterName, Meter.Type type, String baseUnit, String description,
			ConnectionMeterTag... tags) {
		this.meterName = meterName;
		this.type = type;
		this.baseUnit = baseUnit;
		this.description = description;
		this.tags = KeyName.merge(new KeyName[] { ConnectionMeterTag.CONNECTION }, tags);
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
	public String getBaseUnit() {
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

}
