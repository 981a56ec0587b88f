package io.github.websocketresilience.messaging;

import io.github.websocketresilience.JsonCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@link JsonCodec} with Jackson's streaming parser. Reads up to the value, or to the end
 * of the object or array that should hold it; of properties of the same name the first
 * one counts. Jackson's limits on depth, names and numbers hold. Thread-safe.
 */
public final class JacksonJsonCodec implements JsonCodec {

	private final JsonFactory factory = new JsonFactory();

	private final JsonMapper mapper;

	/**
	 * Create a codec.
	 * @param mapper the application's mapper
	 */
	public JacksonJsonCodec(JsonMapper mapper) {
		this.mapper = mapper;
	}

	@Override
	public String write(Object value) {
		try {
			return this.mapper.writeValueAsString(value);
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException(
					"a value of " + value.getClass().getName() + " cannot be written as JSON", ex);
		}
	}

	@Override
	public String withNumberAt(String json, String pointer, long number) {
		throw new UnsupportedOperationException();
	}

	@Override
	public @Nullable String valueAt(String json, String pointer) {
		JsonPointer path = JsonPointer.compile(pointer);
		try (JsonParser parser = this.factory.createParser(ObjectReadContext.empty(), json)) {
			return scalarAt(path, parser);
		}
		catch (JacksonException ex) {
			// The text comes from the peer: that it is no JSON, or beyond a limit, is an
			// answer and not a fault.
			return null;
		}
	}

	private static @Nullable String scalarAt(JsonPointer path, JsonParser parser) {
		JsonToken token = parser.nextToken();
		for (JsonPointer rest = path; !rest.matches() && token != null; rest = rest.tail()) {
			token = switch (token) {
				case START_OBJECT -> property(rest, parser);
				case START_ARRAY -> element(rest, parser);
				default -> null;
			};
		}
		return (token != null && token.isScalarValue()) ? parser.getString() : null;
	}

	private static @Nullable JsonToken property(JsonPointer path, JsonParser parser) {
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			JsonToken value = parser.nextToken();
			if (path.matchesProperty(name)) {
				return value;
			}
			parser.skipChildren();
		}
		return null;
	}

	private static @Nullable JsonToken element(JsonPointer path, JsonParser parser) {
		int index = 0;
		for (JsonToken value = parser.nextToken(); value != null
				&& value != JsonToken.END_ARRAY; value = parser.nextToken()) {
			if (path.matchesElement(index++)) {
				return value;
			}
			parser.skipChildren();
		}
		return null;
	}

}
