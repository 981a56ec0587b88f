package io.github.websocketresilience.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

/**
 * The keys that exist, read from the records they are bound to.
 */
final class Keys {

	private final List<Key> keys = new ArrayList<>();

	private final List<ConfigurationPropertyName> groups = new ArrayList<>();

	private Keys() {
	}

	/**
	 * Read the keys of some records.
	 * @param records the types of the records
	 * @return the keys
	 * @throws IllegalArgumentException if a key does not say to whom it belongs
	 */
	static Keys of(Class<?>... records) {
		Keys keys = new Keys();
		Arrays.stream(records).forEach((type) -> keys.addAll(ConfigurationPropertyName.EMPTY, type));
		return keys;
	}

	List<Key> all() {
		return this.keys;
	}

	/**
	 * Find the key at which a name is, or below which.
	 * @param name a name below the prefix
	 * @return the key, or empty if the name is unknown or a group
	 */
	Optional<Key> covering(ConfigurationPropertyName name) {
		return this.keys.stream().filter((key) -> key.covers(name)).findFirst();
	}

	boolean isGroup(ConfigurationPropertyName name) {
		return this.groups.contains(name);
	}

	private void addAll(ConfigurationPropertyName group, Class<?> type) {
		this.groups.add(group);
		for (RecordComponent component : type.getRecordComponents()) {
			ConfigurationPropertyName name = group.append(DataObjectPropertyName.toDashedForm(component.getName()));
			if (component.getType().isRecord()) {
				addAll(name, component.getType());
			}
			else {
				this.keys.add(key(name, component));
			}
		}
	}

	private static Key key(ConfigurationPropertyName name, RecordComponent component) {
		BelongsTo mark = component.getAnnotation(BelongsTo.class);
		Assert.notNull(mark, () -> "'" + name + "' does not say to whom it belongs");
		Class<?> type = component.getType();
		if (Map.class.isAssignableFrom(type)) {
			return new Key(name, Key.Shape.MAP, mark.value(), type, null);
		}
		if (Collection.class.isAssignableFrom(type)) {
			Class<?> element = ResolvableType.forType(component.getGenericType()).asCollection().resolveGeneric();
			Assert.notNull(element, () -> "'" + name + "' has no element type");
			@Nullable Keys elements = element.isRecord() ? of(element) : null;
			Key.Shape shape = (elements != null) ? Key.Shape.RECORDS : Key.Shape.LIST;
			return new Key(name, shape, mark.value(), element, elements);
		}
		return new Key(name, Key.Shape.SCALAR, mark.value(), type, null);
	}

}
