package io.github.websocketresilience.sample.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.websocketresilience.sample.server.Dialect.UnspeakableException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

import org.springframework.stereotype.Component;

/**
 * Reads what clients say, whatever that is.
 */
@Component
class Json {

	private final JsonMapper mapper;

	Json(JsonMapper mapper) {
		this.mapper = mapper;
	}

	JsonNode read(String text) throws UnspeakableException {
		try {
			return this.mapper.readTree(text);
		}
		catch (JacksonException ex) {
			throw new UnspeakableException("not JSON");
		}
	}

	/**
	 * Read what may be JSON, and may as well be anything else.
	 */
	JsonNode readIfJson(String text) {
		try {
			return read(text);
		}
		catch (UnspeakableException ex) {
			return MissingNode.getInstance();
		}
	}

	/**
	 * Write a message, perhaps with what a client said. JSON can spell half a character,
	 * which no WebSocket message can hold, and the container would never recover from it.
	 */
	String write(Map<String, ?> message) throws UnspeakableException {
		String text = this.mapper.writeValueAsString(message);
		if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
			throw new UnspeakableException("an unpaired surrogate");
		}
		return text;
	}

}
