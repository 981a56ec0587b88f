package io.github.websocketresilience.sample.server;

import java.util.Set;

import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Answers heartbeats in three styles, echoes what has a known {@code ModeCode}, and tells
 * everything else to everybody.
 */
@Component
class PlainTexts implements Dialect {

	private static final Set<String> MODE_CODES = Set.of("heart_beat", "message");

	private final Sockets sockets;

	private final Json json;

	PlainTexts(Sockets sockets, Json json) {
		this.sockets = sockets;
		this.json = json;
	}

	@Override
	public void received(ClientSocket socket, String text) throws UnspeakableException {
		JsonNode message = this.json.readIfJson(text);
		if ("heartbeat".equals(text) || isModeCode(message)) {
			socket.send(text);
		}
		else if ("heartbeat".equals(message.path("hhh").asString(""))) {
			socket.send("{\"business\":\"as usual\"}");
		}
		else {
			this.sockets.of(this).forEach((it) -> it.send(text));
		}
	}

	private static boolean isModeCode(JsonNode message) throws UnspeakableException {
		if (message.has("ModeCode") && !MODE_CODES.contains(message.get("ModeCode").asString(""))) {
			throw new UnspeakableException("unknown 'ModeCode'");
		}
		return message.has("ModeCode");
	}

}
