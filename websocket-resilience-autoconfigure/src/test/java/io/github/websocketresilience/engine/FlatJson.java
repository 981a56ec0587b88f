package io.github.websocketresilience.engine;

import java.util.Objects;
import java.util.regex.Pattern;

import io.github.websocketresilience.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * JSON as far as tests of the engine need it: flat objects, whose keys are written as
 * pointers. A value writes itself as its {@code toString}.
 */
class FlatJson implements JsonCodec {

	@Override
	public String write(Object value) {
		return value.toString();
	}

	@Override
	public Place at(String pointer) {
		return new Place() {

			@Override
			public @Nullable String valueIn(String json) {
				return valueAt(json, pointer);
			}

			@Override
			public String withNumber(String json, long number) {
				return withNumberAt(json, pointer, number);
			}

		};
	}

	@Nullable String valueAt(String json, String pointer) {
		return Pattern.compile("\"" + Pattern.quote(pointer) + "\":\"?([^\",}]*)\"?")
			.matcher(json)
			.results()
			.findFirst()
			.map((result) -> Objects.requireNonNull(result.group(1)))
			.orElse(null);
	}

	private static String withNumberAt(String json, String pointer, long number) {
		if (!json.startsWith("{")) {
			throw new IllegalArgumentException("not an object");
		}
		String rest = json.substring(1);
		return "{\"" + pointer + "\":" + number + (rest.startsWith("}") ? "" : ",") + rest;
	}

}
