package io.github.websocketresilience.messaging;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.websocketresilience.BoundedMatch;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.PatternTooSlowException;
import org.jspecify.annotations.Nullable;

/**
 * Which messages one annotation lets through.
 *
 * @param connections the names of connections and groups, empty for all
 * @param match JSON pointers with the scalar that must be there, as text
 * @param pattern what the whole text must be, or {@code null}
 */
record ListenerFilter(Set<String> connections, Map<String, String> match, @Nullable Pattern pattern) {

	/**
	 * Return whether messages may come from a connection.
	 * @param names its name and that of its group
	 * @return whether all connections are meant, or one of these
	 */
	boolean takesFrom(Set<String> names) {
		return this.connections.isEmpty() || names.stream().anyMatch(this.connections::contains);
	}

	/**
	 * Return whether a message comes through.
	 * @param message a message of such a connection
	 * @return whether all that is given matches
	 * @throws PatternTooSlowException if the pattern does not come to an end
	 */
	boolean lets(IncomingMessage message) {
		for (Map.Entry<String, String> wanted : this.match.entrySet()) {
			if (!wanted.getValue().equals(message.scalarAt(wanted.getKey()))) {
				return false;
			}
		}
		return this.pattern == null || (message.getPayload() instanceof Message.Text text
				&& BoundedMatch.of(this.pattern, text.text()) != null);
	}

}
