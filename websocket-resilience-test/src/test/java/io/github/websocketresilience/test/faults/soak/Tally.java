package io.github.websocketresilience.test.faults.soak;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers by name.
 */
final class Tally {

	private final Map<String, Long> numbers = new LinkedHashMap<>();

	void add(String name, long number) {
		this.numbers.merge(name, number, Long::sum);
	}

	void max(String name, long number) {
		this.numbers.merge(name, number, Math::max);
	}

	/**
	 * Add what became of messages.
	 * @param what the messages
	 * @param outcomes a letter for each
	 */
	void addOutcomes(String what, String outcomes) {
		outcomes.chars().forEach((letter) -> add(what + ": " + Outcomes.meaning((char) letter), 1));
	}

	long get(String name) {
		return this.numbers.getOrDefault(name, 0L);
	}

	/**
	 * Return what begins with a word.
	 * @param prefix the word
	 * @return the numbers by the rest of their names
	 */
	Map<String, Long> below(String prefix) {
		Map<String, Long> found = new LinkedHashMap<>();
		this.numbers.forEach((name, number) -> {
			if (name.startsWith(prefix + ": ")) {
				found.put(name.substring(prefix.length() + 2), number);
			}
		});
		return found;
	}

}
