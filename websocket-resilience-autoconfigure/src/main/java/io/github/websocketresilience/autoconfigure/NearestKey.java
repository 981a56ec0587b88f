package io.github.websocketresilience.autoconfigure;

import java.util.Collection;
import java.util.Comparator;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Guesses which key somebody meant.
 */
final class NearestKey {

	private NearestKey() {
	}

	/**
	 * Find the key that takes the fewest changes to get to.
	 * @param name what was written
	 * @param keys the keys that exist, at least one
	 * @return the nearest one
	 */
	static ConfigurationPropertyName to(ConfigurationPropertyName name, Collection<ConfigurationPropertyName> keys) {
		String text = name.toString();
		return keys.stream().min(Comparator.comparingInt((key) -> distance(text, key))).orElseThrow();
	}

	// The group may have been forgotten: 'max-delay' is near 'reconnect.max-delay'
	private static int distance(String text, ConfigurationPropertyName key) {
		int whole = levenshtein(text, key.toString());
		int withoutGroup = levenshtein(text, key.getLastElement(ConfigurationPropertyName.Form.DASHED)) + 1;
		return Math.min(whole, withoutGroup);
	}

	private static int levenshtein(String from, String to) {
		int[] previous = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			previous[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = previous[j - 1] + ((from.charAt(i - 1) != to.charAt(j - 1)) ? 1 : 0);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

}
