package io.github.websocketresilience.autoconfigure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Which values may be shown, and how.
 */
final class Secrets {

	private static final List<ConfigurationPropertyName> ADDRESSES = names("url", "urls");

	private static final List<ConfigurationPropertyName> HIDDEN = names("headers", "query", "basic", "proxy", "on-open",
			"heartbeat.message", "auto-replies");

	private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://");

	private static final Pattern TAIL = Pattern.compile("[?#].*", Pattern.DOTALL);

	private Secrets() {
	}

	static boolean areIn(ConfigurationPropertyName key) {
		return isAtOrBelow(HIDDEN, key);
	}

	/**
	 * Return a value as it may be shown.
	 * @param key the key below the prefix
	 * @param value its value
	 * @return the value, or {@code null} if it may be a secret
	 */
	static @Nullable String show(ConfigurationPropertyName key, @Nullable String value) {
		if (value == null || areIn(key)) {
			return null;
		}
		return isAtOrBelow(ADDRESSES, key) ? showUrl(value) : value;
	}

	/**
	 * Return what should be an address without user info, query and fragment, also if it
	 * cannot be parsed.
	 * @param text the text
	 * @return what is left of it
	 */
	static String showUrl(String text) {
		String head = TAIL.matcher(text).replaceFirst("");
		int at = endOfUserInfo(text);
		if (at == -1) {
			return head;
		}
		Matcher scheme = SCHEME.matcher(head);
		// Behind the head: an @ in the query, or a question mark in the password?
		return (scheme.find() ? scheme.group() : "") + ((at <= head.length()) ? head.substring(at) : "...");
	}

	private static List<ConfigurationPropertyName> names(String... keys) {
		return Stream.of(keys).map(ConfigurationPropertyName::of).toList();
	}

	private static boolean isAtOrBelow(List<ConfigurationPropertyName> names, ConfigurationPropertyName key) {
		return names.stream().anyMatch((name) -> name.equals(key) || name.isAncestorOf(key));
	}

	private static int endOfUserInfo(String text) {
		int at = text.lastIndexOf('@');
		int encoded = text.lastIndexOf("%40");
		return Math.max((at != -1) ? at + 1 : -1, (encoded != -1) ? encoded + 3 : -1);
	}

}
