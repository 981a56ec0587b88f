package io.github.websocketresilience.logging;

/**
 * What a line says in its key-values too. No name is the begin of another: formats that
 * nest them at the dots could not write both. Enum values are in lower case, as in tags
 * of meters; {@code _ms} are whole milliseconds.
 */
enum Field {

	/** The name of the connection; on every line, and in the MDC of listeners. */
	CONNECTION("connection"),

	/** What happened, as a word. */
	EVENT("event"),

	/** The number of the attempt, 0 before the first. */
	ATTEMPT("attempt"),

	/** The state that was left. */
	STATE_FROM("state.from"),

	/** The state that was entered. */
	STATE_TO("state.to"),

	/** How long the attempt took to open. */
	CONNECT_TIME("connect_ms"),

	/** How long it had not been open. */
	NOT_OPEN("not_open_ms"),

	/** How long the next attempt waits. */
	DELAY("delay_ms"),

	/** How many attempts failed in a row, as the reconnect policy counts. */
	FAILURES("failures"),

	/** Whether no attempt follows; there only if so. */
	GAVE_UP("gave_up"),

	/** What ended the attempt or the socket. */
	DISCONNECT_KIND("disconnect.kind"),

	/** Who ended it. */
	DISCONNECT_INITIATOR("disconnect.initiator"),

	/** The class of the exception behind it. */
	DISCONNECT_EXCEPTION("disconnect.exception"),

	/** How long the socket had been open. */
	DISCONNECT_OPEN("disconnect.open_ms"),

	/** For how much of that time reading was paused. */
	DISCONNECT_PAUSED("disconnect.paused_ms"),

	/** The code of the close frame. */
	CLOSE_CODE("close.code"),

	/** The reason in it, escaped. */
	CLOSE_REASON("close.reason"),

	/** The status of a refused upgrade. */
	HTTP_STATUS("http.status"),

	/** How many messages, events or failures the line sums up. */
	COUNT("count"),

	/** Why messages were discarded. */
	REASON("reason"),

	/** The class or method of a listener. */
	LISTENER("listener"),

	/** The type that a message could not be read as. */
	MESSAGE_WANTED("message.wanted_type"),

	/** Whether a message is text or binary. */
	MESSAGE_TYPE("message.type"),

	/** The size of its payload. */
	MESSAGE_BYTES("message.bytes"),

	/** How many heartbeats in a row were missed. */
	HEARTBEATS_MISSED("heartbeat.missed"),

	/** How long the answer to a heartbeat took. */
	ROUND_TRIP("heartbeat.round_trip_ms"),

	/** How long no message has come. */
	SILENCE("silence_ms"),

	/** How long an attempt has waited for a thread. */
	WAITED("waited_ms"),

	/** By how much a timer came too late. */
	LATE("late_ms");

	private final String key;

	Field(String name) {
		this.key = "websocket." + name;
	}

	String key() {
		return this.key;
	}

}
