package io.github.websocketresilience.test.faults.soak;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * How a client and its server tell one another that they live.
 */
enum Dialect {

	/** RFC 6455's ping frames. */
	PING(Map.of()),

	/** A text, and another one for the reply. */
	TEXT(Map.of("heartbeat.message", "hb", "heartbeat.reply.text", "hb-ack")),

	/** JSON. */
	JSON(Map.of("heartbeat.message", "{\"type\":\"ping\",\"id\":\"{{uuid}}\"}", "heartbeat.reply.json[0]",
			"/type=pong")),

	/** A numbered text that comes back as it is. */
	ECHO(Map.of("heartbeat.message", "alive-{{sequence}}"));

	private final Map<String, String> settings;

	Dialect(Map<String, String> settings) {
		this.settings = settings;
	}

	Map<String, String> settings() {
		return this.settings;
	}

	/**
	 * Answer a heartbeat.
	 * @param text what came
	 * @return the reply, or {@code null} if it is no heartbeat
	 */
	@Nullable String reply(String text) {
		return switch (this) {
			case PING -> null;
			case TEXT -> text.equals("hb") ? "hb-ack" : null;
			case JSON -> text.contains("\"ping\"") ? "{\"type\":\"pong\"}" : null;
			case ECHO -> text.startsWith("alive-") ? text : null;
		};
	}

}
