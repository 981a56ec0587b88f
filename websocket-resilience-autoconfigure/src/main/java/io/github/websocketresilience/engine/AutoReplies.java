package io.github.websocketresilience.engine;

import java.util.List;
import java.util.regex.MatchResult;

import io.github.websocketresilience.BoundedMatch;
import io.github.websocketresilience.ConnectionSettings.AutoReply;
import org.jspecify.annotations.Nullable;

/**
 * Answers the heartbeats that a server sends as text.
 */
final class AutoReplies {

	private final List<AutoReply> rules;

	AutoReplies(List<AutoReply> rules) {
		this.rules = rules;
	}

	/**
	 * Find the answer to a text.
	 * @return the answer of the first rule that matches, or {@code null}
	 */
	@Nullable Answer answer(String text) {
		for (AutoReply rule : this.rules) {
			MatchResult match = BoundedMatch.of(rule.pattern(), text);
			if (match != null) {
				return new Answer(rule, expand(rule.reply(), match));
			}
		}
		return null;
	}

	/**
	 * Not {@code Matcher.appendReplacement}: that gives backslashes and braces a meaning,
	 * and replies are often JSON.
	 */
	private static String expand(String template, MatchResult match) {
		StringBuilder result = new StringBuilder(template.length());
		for (int i = 0; i < template.length(); i++) {
			char c = template.charAt(i);
			if (c != '$') {
				result.append(c);
				continue;
			}
			char next = template.charAt(++i);
			if (next == '$') {
				result.append('$');
			}
			else {
				String group = match.group(next - '0');
				result.append((group != null) ? group : "");
			}
		}
		return result.toString();
	}

	/**
	 * An answer.
	 *
	 * @param rule the rule it comes from
	 * @param text what to send
	 */
	record Answer(AutoReply rule, String text) {
	}

}
