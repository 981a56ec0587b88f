package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

/**
 * Says what a property expects. Never says what it got.
 */
final class ExpectedValue {

	private ExpectedValue() {
	}

	/**
	 * Describe the values of a type.
	 * @param type what a property is bound to
	 * @return what it must be, completing "must be …"
	 */
	static String of(ResolvableType type) {
		Class<?> resolved = ClassUtils.resolvePrimitiveIfNecessary(type.resolve(Object.class));
		if (Collection.class.isAssignableFrom(resolved)) {
			return "a list, with indexes from [0] on, of which each value is " + of(type.asCollection().getGeneric());
		}
		if (Map.class.isAssignableFrom(resolved)) {
			return "names with a value each";
		}
		if (resolved.isEnum()) {
			return "one of " + Arrays.stream(resolved.getEnumConstants())
				.map((constant) -> constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
				.collect(Collectors.joining(", "));
		}
		if (resolved == Duration.class) {
			return "a duration, such as 500ms, 10s or 1m";
		}
		if (resolved == DataSize.class) {
			return "a size, such as 64KB or 1MB";
		}
		if (resolved == Boolean.class) {
			return "true or false";
		}
		return (resolved == Integer.class) ? "a whole number" : (resolved == Double.class) ? "a number" : "a text";
	}

}
