package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.BoundedMatch;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the reply to a text heartbeat. All conditions that are given must hold.
 */
final class ReplyMatcher {

	private final Reply settings;

	private final List<Condition> json = new ArrayList<>();

	ReplyMatcher(Reply settings, @Nullable JsonCodec json) {
		if (!settings.json().isEmpty() && json == null) {
			throw new InvalidSettingException("heartbeat.reply.json", null, "be used with Jackson on the class path");
		}
		this.settings = settings;
		if (json != null) {
			settings.json().forEach((pointer, value) -> this.json.add(new Condition(json.at(pointer), value)));
		}
	}

	/**
	 * Return whether nothing is given: then the reply is the heartbeat itself.
	 */
	boolean isEcho() {
		return this.settings.isDefault();
	}

	boolean matches(String text) {
		boolean plain = (this.settings.text() == null || this.settings.text().equals(text))
				&& (this.settings.contains() == null || text.contains(this.settings.contains()));
		return plain && matchesPattern(text) && matchesJson(text);
	}

	private boolean matchesPattern(String text) {
		return this.settings.pattern() == null || BoundedMatch.of(this.settings.pattern(), text) != null;
	}

	private boolean matchesJson(String text) {
		if (this.json.isEmpty()) {
			return true;
		}
		if (text.length() > BoundedMatch.LONGEST_TEXT) {
			return false;
		}
		for (Condition condition : this.json) {
			if (!condition.value().equals(condition.place().valueIn(text))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * What must be somewhere in a reply.
	 *
	 * @param place where
	 * @param value the text of the scalar there
	 */
	private record Condition(JsonCodec.Place place, String value) {
	}

}
