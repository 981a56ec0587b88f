package io.github.websocketresilience.messaging;

import java.lang.reflect.Type;
import java.util.List;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages, JSON as a rule, as types of the application. Implemented where a JSON
 * library is known. Thread-safe.
 */
public interface MessageReader {

	/**
	 * Read a message.
	 * @param message a text message, or a binary one that holds a text in UTF-8
	 * @param type the wanted type, generics included
	 * @return an object of that type
	 * @throws UnreadableMessageException if the message is no such text or holds nothing
	 */
	Object read(Message message, Type type);

	/**
	 * Prepare to look for scalars at JSON pointers (RFC 6901).
	 * @param pointers the pointers
	 * @return what finds them in one pass
	 * @throws IllegalArgumentException if a pointer is malformed
	 */
	Scalars scalarsAt(List<String> pointers);

	/**
	 * Finds scalars at certain pointers. Thread-safe.
	 */
	@FunctionalInterface
	interface Scalars {

		/**
		 * Find the scalars, reading no further than needed.
		 * @param message a message that may or may not be JSON
		 * @return in the order of the pointers, the text of the string, number, boolean
		 * or null there, or {@code null} if the message is not JSON so far or has no
		 * scalar there
		 */
		@Nullable String[] of(Message message);

	}

}
