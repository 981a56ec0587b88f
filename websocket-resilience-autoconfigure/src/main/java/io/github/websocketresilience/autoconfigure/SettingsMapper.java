package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Makes settings of bound properties: parses addresses, compiles patterns, works out what
 * depends on other values.
 */
final class SettingsMapper {

	private static final Duration USUAL_MAX_DELAY = Duration.ofSeconds(30);

	private SettingsMapper() {
	}

	/**
	 * Make settings.
	 * @param name the name of the connection
	 * @param properties its properties, with at least one address
	 * @return the settings
	 * @throws InvalidSettingException if a value cannot be used
	 */
	static ConnectionSettings map(String name, ConnectionProperties properties) {
		return builder(name, properties).urls(AddressTexts.read(properties)).build();
	}

	/**
	 * Begin settings: all but the address.
	 * @param name the name of the connection
	 * @param properties its properties
	 * @return a builder
	 * @throws InvalidSettingException if a value cannot be used
	 */
	static ConnectionSettings.Builder builder(String name, ConnectionProperties properties) {
		HandshakeTexts.check(properties);
		return ConnectionSettings.builder(name)
			.group(emptyToNull(properties.group()))
			.startup(new ConnectionSettings.Startup(properties.autoStartup(), properties.failFast()))
			.handshake(new ConnectionSettings.Handshake(properties.query(), properties.headers(),
					properties.subprotocols(), properties.connectTimeout(), properties.compression()))
			.security(security(properties))
			.closeTimeout(properties.closeTimeout())
			.maxMessageSize(properties.maxMessageSize().toBytes())
			.ignore(ignore(properties.ignore()))
			.autoReplies(autoReplies(properties.autoReplies()))
			.onOpen(properties.onOpen().send())
			.heartbeat(heartbeat(properties.heartbeat()))
			.reconnect(reconnect(properties.reconnect()))
			.outbound(outbound(properties.outbound()))
			.inbound(inbound(properties.inbound()))
			.request(request(properties.request()))
			.health(new ConnectionSettings.Health(properties.health().gracePeriod(),
					properties.health().stoppedStatus()))
			.diagnostics(new ConnectionSettings.Diagnostics(properties.observation().enabled(),
					properties.logPayloads().toBytes()));
	}

	private static ConnectionSettings.Security security(ConnectionProperties properties) {
		return new ConnectionSettings.Security(emptyToNull(properties.ssl().bundle()),
				credentials("basic", properties.basic().username(), properties.basic().password()),
				emptyToNull(properties.oauth2().registrationId()),
				credentials("proxy", properties.proxy().username(), properties.proxy().password()));
	}

	// An empty password is one: some servers take a token for the name
	private static ConnectionSettings.@Nullable Credentials credentials(String key, @Nullable String username,
			@Nullable String password) {
		if (!StringUtils.hasLength(username) && !StringUtils.hasLength(password)) {
			return null;
		}
		if (!StringUtils.hasLength(username)) {
			throw new InvalidSettingException(key + ".username", null, "be set together with '" + key + ".password'");
		}
		if (password == null) {
			throw new InvalidSettingException(key + ".password", null, "be set together with '" + key + ".username'");
		}
		return new ConnectionSettings.Credentials(username, password);
	}

	private static List<Pattern> ignore(List<String> patterns) {
		List<Pattern> result = new ArrayList<>();
		for (int i = 0; i < patterns.size(); i++) {
			result.add(pattern("ignore[" + i + "]", patterns.get(i)));
		}
		return result;
	}

	private static List<ConnectionSettings.AutoReply> autoReplies(List<ConnectionProperties.AutoReply> rules) {
		List<ConnectionSettings.AutoReply> result = new ArrayList<>();
		for (int i = 0; i < rules.size(); i++) {
			result.add(autoReply("auto-replies[" + i + "].", rules.get(i)));
		}
		return result;
	}

	private static ConnectionSettings.AutoReply autoReply(String key, ConnectionProperties.AutoReply rule) {
		Pattern pattern = pattern(key + "pattern", required(key + "pattern", rule.pattern()));
		String reply = required(key + "reply", rule.reply());
		try {
			return new ConnectionSettings.AutoReply(pattern, reply);
		}
		catch (InvalidSettingException ex) {
			throw new InvalidSettingException(key + "reply", null, ex.requirement());
		}
	}

	private static String required(String key, @Nullable String value) {
		if (!StringUtils.hasLength(value)) {
			throw new InvalidSettingException(key, null, "be set: every rule needs a pattern and a reply");
		}
		return value;
	}

	// The exception's own text would show the pattern, which may hold a secret
	private static Pattern pattern(String key, String text) {
		try {
			return Pattern.compile(text);
		}
		catch (PatternSyntaxException ex) {
			String where = (ex.getIndex() >= 0) ? " (see the character at index " + ex.getIndex() + ")" : "";
			throw new InvalidSettingException(key, text, "be a regular expression that compiles" + where);
		}
	}

	private static ConnectionSettings.Heartbeat heartbeat(ConnectionProperties.Heartbeat heartbeat) {
		return new ConnectionSettings.Heartbeat(heartbeat.interval(), heartbeat.timeout(), heartbeat.maxMissed(),
				emptyToNull(heartbeat.message()), reply(heartbeat.reply()), heartbeat.proof());
	}

	private static ConnectionSettings.Reply reply(ConnectionProperties.Reply reply) {
		String pattern = emptyToNull(reply.pattern());
		return new ConnectionSettings.Reply(emptyToNull(reply.text()), emptyToNull(reply.contains()),
				(pattern != null) ? pattern("heartbeat.reply.pattern", pattern) : null, pointers(reply.json()));
	}

	private static Map<String, String> pointers(List<String> texts) {
		Map<String, String> result = new LinkedHashMap<>();
		for (int i = 0; i < texts.size(); i++) {
			result.putAll(replyWith("heartbeat.reply.json[" + i + "]", texts.get(i)).json());
		}
		return result;
	}

	// Each alone, to say which one is wrong
	private static ConnectionSettings.Reply replyWith(String key, String text) {
		int equals = text.indexOf('=');
		String pointer = (equals > 0) ? text.substring(0, equals) : "";
		try {
			return new ConnectionSettings.Reply(null, null, null, Map.of(pointer, text.substring(equals + 1)));
		}
		catch (InvalidSettingException ex) {
			throw new InvalidSettingException(key, text, ex.requirement());
		}
	}

	private static ConnectionSettings.Reconnect reconnect(ConnectionProperties.Reconnect reconnect) {
		Duration delay = reconnect.delay();
		Duration usual = (delay.compareTo(USUAL_MAX_DELAY) > 0) ? delay : USUAL_MAX_DELAY;
		Duration maxDelay = (reconnect.maxDelay() != null) ? reconnect.maxDelay() : usual;
		return new ConnectionSettings.Reconnect(reconnect.enabled(), delay, reconnect.multiplier(), maxDelay,
				reconnect.jitter(), reconnect.maxAttempts(), reconnect.resetAfter(), reconnect.stopOnCloseCodes(),
				reconnect.stopOnHttpStatuses());
	}

	private static ConnectionSettings.Outbound outbound(ConnectionProperties.Outbound outbound) {
		return new ConnectionSettings.Outbound(outbound.whenDisconnected(), outbound.capacity(),
				outbound.maxBytes().toBytes(), outbound.timeToLive(), outbound.overflow(), outbound.sendTimeout(),
				RateLimitText.parse(outbound.rateLimit()));
	}

	private static ConnectionSettings.Inbound inbound(ConnectionProperties.Inbound inbound) {
		return new ConnectionSettings.Inbound(inbound.capacity(), inbound.maxBytes().toBytes(), inbound.overflow(),
				inbound.dispatch(), inbound.maxSilence(), inbound.onSilence());
	}

	private static ConnectionSettings.Request request(ConnectionProperties.Request request) {
		return new ConnectionSettings.Request(emptyToNull(request.id()), emptyToNull(request.replyId()),
				request.timeout(), request.maxPending());
	}

	private static @Nullable String emptyToNull(@Nullable String text) {
		return StringUtils.hasLength(text) ? text : null;
	}

}
