package io.github.websocketresilience.actuate.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How values are spelled in properties.
 */
final class PropertyTexts {

	private static final Map<String, Long> SIZES = new LinkedHashMap<>();

	private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

	static {
		SIZES.put("GB", 1024L * 1024 * 1024);
		SIZES.put("MB", 1024L * 1024);
		SIZES.put("KB", 1024L);
		UNITS.put("d", Duration.ofDays(1));
		UNITS.put("h", Duration.ofHours(1));
		UNITS.put("m", Duration.ofMinutes(1));
		UNITS.put("s", Duration.ofSeconds(1));
		UNITS.put("ms", Duration.ofMillis(1));
		UNITS.put("us", Duration.ofNanos(1000));
	}

	private PropertyTexts() {
	}

	/**
	 * Spell a duration exactly.
	 * @param duration a duration that is not negative
	 * @return a number of the largest unit that divides it, {@code 90s} for one
	 */
	static String duration(Duration duration) {
		if (duration.isZero()) {
			return "0s";
		}
		for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
			long number = duration.dividedBy(unit.getValue());
			if (unit.getValue().multipliedBy(number).equals(duration)) {
				return number + unit.getKey();
			}
		}
		return duration.toNanos() + "ns";
	}

	/**
	 * Spell a size exactly.
	 * @param bytes a number of bytes
	 * @return a number of the largest unit that divides it, {@code 8MB} for one
	 */
	static String size(long bytes) {
		for (Map.Entry<String, Long> unit : SIZES.entrySet()) {
			if (bytes != 0 && bytes % unit.getValue() == 0) {
				return bytes / unit.getValue() + unit.getKey();
			}
		}
		return bytes + "B";
	}

	/**
	 * Spell a choice.
	 * @param choice a constant
	 * @return for example {@code drop-oldest}
	 */
	static String choice(Enum<?> choice) {
		return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
