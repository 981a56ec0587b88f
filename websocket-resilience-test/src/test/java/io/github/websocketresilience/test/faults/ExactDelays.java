package io.github.websocketresilience.test.faults;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings under which every delay that is announced is known exactly: there is no
 * jitter. The longest is one that no test waits for.
 */
final class ExactDelays {

	static final Duration DELAY = Duration.ofMillis(40);

	static final Duration MAX_DELAY = Duration.ofHours(1);

	private ExactDelays() {
	}

	/**
	 * Return what to configure.
	 * @param url the address
	 * @param further what is configured besides, or otherwise
	 * @return properties of an application
	 */
	static String[] properties(URI url, String... further) {
		return with(further, "url=" + url);
	}

	static String[] with(String[] further, String... addresses) {
		Stream<String> usual = Stream.of("reconnect.delay=" + DELAY.toMillis() + "ms", "reconnect.multiplier=2",
				"reconnect.max-delay=" + MAX_DELAY.toHours() + "h", "reconnect.jitter=0", "close-timeout=1s");
		Set<String> set = Stream.of(further).map(ExactDelays::key).collect(Collectors.toSet());
		return Stream
			.of(Stream.of(addresses), usual.filter((property) -> !set.contains(key(property))), Stream.of(further))
			.flatMap((properties) -> properties)
			.toArray(String[]::new);
	}

	private static String key(String property) {
		return property.split("=", 2)[0];
	}

}
