package io.github.websocketresilience.messaging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringValueResolver;

/**
 * Makes filters of annotations, and says what is wrong with them.
 *
 * @param placeholders resolves placeholders
 * @param connections all connections
 * @param reader reads JSON, {@code null} without a JSON library
 */
record ListenerFilterReader(StringValueResolver placeholders, WebSocketConnections connections,
		@Nullable MessageReader reader) {

	private static final String ADD_JACKSON = "Add 'org.springframework.boot:spring-boot-starter-jackson'.";

	/**
	 * Make the filter of an annotation.
	 * @param site the method that is annotated
	 * @param annotation the annotation
	 * @return the filter
	 * @throws InvalidWebSocketListenerException if the annotation makes no sense
	 */
	ListenerFilter read(ListenerSite site, WebSocketListener annotation) {
		return new ListenerFilter(names(site, annotation), match(site, annotation), pattern(site, annotation));
	}

	/**
	 * Check that what a method is given can be made.
	 * @param site the method
	 * @param arguments its arguments
	 * @throws InvalidWebSocketListenerException if it takes JSON and nothing reads it
	 */
	void check(ListenerSite site, ListenerArguments arguments) {
		if (this.reader == null && arguments.json() != null) {
			throw new InvalidWebSocketListenerException(site, "takes a " + arguments.json().getTypeName()
					+ ", to be read from JSON, but no JSON library is there", ADD_JACKSON);
		}
	}

	private Set<String> names(ListenerSite site, WebSocketListener annotation) {
		Set<String> names = new LinkedHashSet<>();
		for (String declared : annotation.connections()) {
			String name = resolve(site, declared);
			List<String> known = new ArrayList<>();
			this.connections.forEach((WebSocketConnection connection) -> known.add(connection.name()));
			if (!known.contains(name) && !isGroup(name)) {
				throw new InvalidWebSocketListenerException(site,
						"wants messages of a connection '" + name + "', which does not exist",
						known.isEmpty() ? "Configure a connection of that name."
								: "Name one of " + String.join(", ", known) + ", or '"
										+ ConnectionSettings.DYNAMIC_GROUP
										+ "' for those opened at run time, or configure the connection.");
			}
			names.add(name);
		}
		return names;
	}

	private boolean isGroup(String name) {
		return name.equals(ConnectionSettings.DYNAMIC_GROUP)
				|| StreamSupport.stream(this.connections.spliterator(), false)
					.anyMatch((connection) -> name.equals(connection.settings().group()));
	}

	private Map<String, String> match(ListenerSite site, WebSocketListener annotation) {
		Map<String, String> match = new LinkedHashMap<>();
		for (String declared : annotation.match()) {
			String text = resolve(site, declared);
			int equals = text.indexOf('=');
			if (equals < 0 || !isPointer(site, text.substring(0, equals))) {
				throw new InvalidWebSocketListenerException(site,
						"has '" + text + "' in 'match', which is not a JSON pointer, '=' and a value",
						"Write it like '/type=trade'.");
			}
			String before = match.put(text.substring(0, equals), text.substring(equals + 1));
			if (before != null) {
				throw new InvalidWebSocketListenerException(site,
						"has '" + text.substring(0, equals) + "' twice in 'match', of which all must hold",
						"Write an annotation of its own for each alternative.");
			}
		}
		return match;
	}

	private boolean isPointer(ListenerSite site, String pointer) {
		if (this.reader == null) {
			throw new InvalidWebSocketListenerException(site, "has a 'match', but no JSON library is there",
					ADD_JACKSON);
		}
		try {
			this.reader.scalarsAt(List.of(pointer));
			return true;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private @Nullable Pattern pattern(ListenerSite site, WebSocketListener annotation) {
		String expression = resolve(site, annotation.pattern());
		if (expression.isEmpty()) {
			return null;
		}
		try {
			return Pattern.compile(expression);
		}
		catch (PatternSyntaxException ex) {
			throw new InvalidWebSocketListenerException(site,
					"has '" + expression + "' as 'pattern', which is no regular expression: " + ex.getDescription(),
					"Write a regular expression for the whole text, or leave 'pattern' out.", ex);
		}
	}

	private String resolve(ListenerSite site, String declared) {
		try {
			String resolved = this.placeholders.resolveStringValue(declared);
			return (resolved != null) ? resolved : "";
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidWebSocketListenerException(site, "has '" + declared + "', which cannot be resolved",
					"Set the property that '" + declared + "' names.", ex);
		}
	}

}
