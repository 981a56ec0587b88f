package io.github.websocketresilience.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * A key that exists.
 *
 * @param name its name below the prefix
 * @param shape what may stand at it and below it
 * @param owner to whom it belongs
 * @param type the type it is bound to, of a list that of its elements
 * @param elements the keys of each element of a list of records, else {@code null}
 */
record Key(ConfigurationPropertyName name, Shape shape, Owner owner, Class<?> type, @Nullable Keys elements) {

	boolean covers(ConfigurationPropertyName candidate) {
		return this.name.equals(candidate) || this.name.isAncestorOf(candidate);
	}

	/**
	 * What may stand at a key and below it.
	 */
	enum Shape {

		/** One value. */
		SCALAR,

		/** Values with indexes, or one text. */
		LIST,

		/** Values with names of the user's choice. */
		MAP,

		/** Groups of keys with indexes. */
		RECORDS

	}

}
