package io.github.websocketresilience.metrics;

import io.micrometer.common.docs.KeyName;

/**
 * The tags of {@link ConnectionMeter}. All have few values.
 */
public enum ConnectionMeterTag implements KeyName {

	/**
	 * Whose meters they are.
	 */
	CONNECTION("connection",
			"the connection's `group` if it has one, otherwise its name, `default` for the one at the top level"),

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
	 * What the close frame said.
	 */
	CLOSE_CODE_CLASS("close.code.class",
			"the code of the close frame: `1000`, `1001`, another of RFC 6455 and IANA as `1xxx`, of a library as `3xxx`, "
					+ "of an application as `4xxx`, `other`; `none` if no frame or no code was received (1005, 1006, 1015)"),

	/**
	 * Where messages go.
	 */
	DIRECTION("direction", "`in` or `out`"),

	/**
	 * Why a message was discarded.
	 */
	REASON("reason", "why: a `ConnectionEvent.DiscardReason` in lower case, `expired` for one"),

	/**
	 * What a listener was called with.
	 */
	HANDLING("handling", "what the listener was handling: `message` or `event`");

	private final String key;

	private final String description;

	ConnectionMeterTag(String key, String description) {
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
