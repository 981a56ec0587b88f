package io.github.websocketresilience;

import org.jspecify.annotations.Nullable;

/**
 * Reads values of JSON texts. Implemented where a JSON library is known; the rest of the
 * project knows none.
 */
@FunctionalInterface
public interface JsonPointers {

	/**
	 * Return the scalar at a JSON pointer (RFC 6901), reading no further than needed.
	 * @param json a text that may or may not be JSON
	 * @param pointer the pointer, {@code /ModeCode} for one
	 * @return the text of the string, number, boolean or null there, or {@code null} if
	 * the text is not JSON so far or has no scalar there
	 */
	@Nullable String valueAt(String json, String pointer);

}
