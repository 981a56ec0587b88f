package io.github.websocketresilience.engine;

import java.util.Map;

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

	private final @Nullable JsonCodec json;

	ReplyMatcher(Reply settings, @Nullable JsonCodec json) {
		if (!settings.json().isEmpty() && json == null) {
			throw new InvalidSettingException("heartbeat.reply.json", null, "be used with Jackson on the class path");
		}
		this.settings = settings;
		this.json = json;
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
		if (this.json == null || this.settings.json().isEmpty()) {
			return true;
		}
		if (text.length() > BoundedMatch.LONGEST_TEXT) {
			return false;
		}
		for (Map.Entry<String, String> wanted : this.settings.json().entrySet()) {
			if (!wanted.getValue().equals(this.json.valueAt(text, wanted.getKey()))) {
				return false;
			}
		}
		return true;
	}

}
