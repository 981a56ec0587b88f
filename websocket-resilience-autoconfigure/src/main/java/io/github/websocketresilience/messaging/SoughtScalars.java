package io.github.websocketresilience.messaging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * The places at which the methods of a connection look, found in one pass over a message.
 *
 * @param indexes the JSON pointers with their places in the result
 * @param scalars finds them, {@code null} if there are none
 */
record SoughtScalars(Map<String, Integer> indexes, MessageReader.@Nullable Scalars scalars) {

	/**
	 * Prepare to look.
	 * @param pointers the pointers, in any order
	 * @param reader finds them; there are none without it
	 * @return the places
	 */
	static SoughtScalars at(List<String> pointers, @Nullable MessageReader reader) {
		if (reader == null || pointers.isEmpty()) {
			return new SoughtScalars(Map.of(), null);
		}
		List<String> distinct = pointers.stream().distinct().toList();
		Map<String, Integer> indexes = new HashMap<>();
		distinct.forEach((pointer) -> indexes.put(pointer, indexes.size()));
		return new SoughtScalars(indexes, reader.scalarsAt(distinct));
	}

	@Nullable String[] of(Message message) {
		return (this.scalars != null) ? this.scalars.of(message) : new String[0];
	}

	/**
	 * Return where the result of a pointer is.
	 * @param pointer a pointer that was prepared
	 * @return its index
	 */
	int indexOf(String pointer) {
		return this.indexes.getOrDefault(pointer, -1);
	}

}
