package io.github.websocketresilience;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON. Implemented where a JSON library is known; the rest of the
 * project knows none. Thread-safe.
 */
public interface JsonCodec {

	/**
	 * Write a value.
	 * @param value the value
	 * @return a JSON text
	 * @throws IllegalArgumentException if it cannot be written
	 */
	String write(Object value);

	/**
	 * Prepare to look at a place, once for all texts.
	 * @param pointer a JSON pointer (RFC 6901), {@code /ModeCode} for one
	 * @return the place
	 * @throws IllegalArgumentException if it is no pointer
	 */
	Place at(String pointer);

	/**
	 * Return whether a text is a JSON pointer (RFC 6901 section 3). JSON libraries tend
	 * to take more.
	 * @param text the text
	 * @return whether it is empty or begins with a slash, and each {@code ~} is followed
	 * by 0 or 1
	 */
	static boolean isPointer(String text) {
		return (text.isEmpty() || text.startsWith("/")) && !Pattern.compile("~(?![01])").matcher(text).find();
	}

	/**
	 * A place in JSON texts. Thread-safe.
	 */
	interface Place {

		/**
		 * Return the scalar at the place, reading no further than needed.
		 * @param json a text that may or may not be JSON
		 * @return the text of the string, number, boolean or null there, or {@code null}
		 * if the text is not JSON so far or has no scalar there
		 */
		@Nullable String valueIn(String json);

		/**
		 * Set a number at the place. Objects on the way that are missing are made; a
		 * missing last element of an array is added.
		 * @param json a JSON text
		 * @param number what to set
		 * @return the text with the number
		 * @throws IllegalArgumentException if the text is not JSON or has no room for a
		 * value there
		 */
		String withNumber(String json, long number);

	}

}
