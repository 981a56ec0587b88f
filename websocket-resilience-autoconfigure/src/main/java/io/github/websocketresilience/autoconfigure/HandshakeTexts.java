package io.github.websocketresilience.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.websocketresilience.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Judges the texts that are sent to the server: what no handshake or frame can carry is
 * an error at startup, not one at every attempt.
 */
final class HandshakeTexts {

	/** A token of RFC 9110 section 5.6.2. */
	private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private static final Pattern UNRESOLVED = Pattern.compile("\\$\\{[^}]+}");

	private static final Pattern LINE_BREAK = Pattern.compile("[\\r\\n\\x00]");

	/** Those of the opening handshake itself (RFC 6455 section 4.1). */
	private static final Set<String> RESERVED = Set.of("connection", "host", "upgrade", "sec-websocket-accept",
			"sec-websocket-extensions", "sec-websocket-key", "sec-websocket-protocol", "sec-websocket-version");

	private HandshakeTexts() {
	}

	/**
	 * Check the texts of a connection.
	 * @param properties its properties
	 * @throws InvalidSettingException if one cannot be sent
	 */
	static void check(ConnectionProperties properties) {
		properties.headers().forEach(HandshakeTexts::header);
		credentials("basic", properties.basic().username(), properties.basic().password());
		credentials("proxy", properties.proxy().username(), properties.proxy().password());
		properties.query().forEach((name, value) -> resolved("query." + name, value));
		properties.subprotocols()
			.forEach((name) -> unless(TOKEN.matcher(name).matches(), "subprotocols", name,
					"consist of letters, digits and the like, without spaces"));
		encodable("on-open.send", properties.onOpen().send());
		encodable("heartbeat.message", properties.heartbeat().message());
		properties.autoReplies().forEach((rule) -> encodable("auto-replies", rule.reply()));
	}

	private static void header(String name, String value) {
		String key = "headers." + name;
		unless(TOKEN.matcher(name).matches(), key, null, "have a name that HTTP allows");
		unless(!RESERVED.contains(name.toLowerCase(Locale.ROOT)), key, null,
				"not be set: it belongs to the handshake itself; for subprotocols there is 'subprotocols'");
		unless(!LINE_BREAK.matcher(value).find(), key, null, "be one line");
		resolved(key, value);
	}

	private static void credentials(String key, @Nullable String username, @Nullable String password) {
		resolved(key + ".username", (username != null) ? username : "");
		resolved(key + ".password", (password != null) ? password : "");
	}

	private static void resolved(String key, String value) {
		unless(!UNRESOLVED.matcher(value).find(), key, null, "hold no placeholder that cannot be resolved");
	}

	private static void encodable(String key, List<String> texts) {
		texts.forEach((text) -> encodable(key, text));
	}

	private static void encodable(String key, @Nullable String text) {
		unless(text == null || StandardCharsets.UTF_8.newEncoder().canEncode(text), key, null,
				"be valid Unicode: it holds half a surrogate pair");
	}

	private static void unless(boolean valid, String key, @Nullable String value, String requirement) {
		if (!valid) {
			throw new InvalidSettingException(key, value, requirement);
		}
	}

}
