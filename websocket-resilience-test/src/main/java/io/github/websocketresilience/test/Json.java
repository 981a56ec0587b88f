package io.github.websocketresilience.test;

import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON with Jackson 3, which may be missing.
 */
final class Json {

	private Json() {
	}

	static String of(Object value) {
		try {
			return Mapper.INSTANCE.writeValueAsString(value);
		}
		catch (NoClassDefFoundError ex) {
			throw new IllegalStateException(
					"JSON needs Jackson 3 on the class path of the tests: add 'tools.jackson.core:jackson-databind', or send a text",
					ex);
		}
	}

	/**
	 * Loaded when it is used.
	 */
	private static final class Mapper {

		private static final JsonMapper INSTANCE = JsonMapper.builder().build();

		private Mapper() {
		}

	}

}
