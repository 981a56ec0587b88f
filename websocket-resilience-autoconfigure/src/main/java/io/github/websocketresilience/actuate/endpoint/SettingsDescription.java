package io.github.websocketresilience.actuate.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

import io.github.websocketresilience.ConnectionSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SanitizableData;

/**
 * The settings of a connection as properties. What is not set is left out; of what may be
 * a secret the key is there, as in {@link ConnectionSettings#toString()}.
 */
final class SettingsDescription {

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private SettingsDescription() {
	}

	static Map<String, Object> of(ConnectionSettings settings) {
		SettingsDescription description = new SettingsDescription();
		description.server(settings);
		description.security(settings.security());
		description.heartbeat(settings);
		description.reconnect(settings.reconnect());
		description.outbound(settings.outbound());
		description.inbound(settings.inbound());
		description.request(settings.request());
		description.operations(settings);
		return description.properties;
	}

	private void server(ConnectionSettings settings) {
		ConnectionSettings.Handshake handshake = settings.handshake();
		if (settings.urls().size() == 1) {
			put("url", ConnectionSettings.withoutSecrets(settings.url()));
		}
		else {
			put("urls", settings.urls().stream().map(ConnectionSettings::withoutSecrets).toList());
		}
		hide("query", handshake.query().keySet());
		hide("headers", handshake.headers().keySet());
		hide("subprotocols", handshake.subprotocols().size());
		put("auto-startup", settings.startup().auto());
		put("fail-fast", settings.startup().failFast());
		put("compression", handshake.compression());
		put("connect-timeout", handshake.connectTimeout());
		put("close-timeout", settings.closeTimeout());
		put("max-message-size", PropertyTexts.size(settings.maxMessageSize()));
		hide("ignore", settings.ignore().size());
		put("group", settings.group());
	}

	private void security(ConnectionSettings.Security security) {
		put("ssl.bundle", security.sslBundle());
		credentials("basic", security.basic());
		put("oauth2.registration-id", security.oauth2RegistrationId());
		credentials("proxy", security.proxy());
	}

	private void credentials(String key, ConnectionSettings.@Nullable Credentials credentials) {
		if (credentials != null) {
			hide(key + ".username");
			hide(key + ".password");
		}
	}

	private void heartbeat(ConnectionSettings settings) {
		ConnectionSettings.Heartbeat heartbeat = settings.heartbeat();
		put("heartbeat.interval", heartbeat.interval());
		put("heartbeat.timeout", heartbeat.timeout());
		put("heartbeat.max-missed", heartbeat.maxMissed());
		hideUnlessNull("heartbeat.message", heartbeat.message());
		hideUnlessNull("heartbeat.reply.text", heartbeat.reply().text());
		hideUnlessNull("heartbeat.reply.contains", heartbeat.reply().contains());
		hideUnlessNull("heartbeat.reply.pattern", heartbeat.reply().pattern());
		hide("heartbeat.reply.json", heartbeat.reply().json().size());
		put("heartbeat.proof", heartbeat.proof());
		for (int i = 0; i < settings.autoReplies().size(); i++) {
			hide("auto-replies[" + i + "].pattern");
			hide("auto-replies[" + i + "].reply");
		}
		hide("on-open.send", settings.onOpen().size());
	}

	private void reconnect(ConnectionSettings.Reconnect reconnect) {
		put("reconnect.enabled", reconnect.enabled());
		put("reconnect.delay", reconnect.delay());
		put("reconnect.multiplier", reconnect.multiplier());
		put("reconnect.max-delay", reconnect.maxDelay());
		put("reconnect.jitter", reconnect.jitter());
		put("reconnect.max-attempts", reconnect.maxAttempts());
		put("reconnect.reset-after", reconnect.resetAfter());
		put("reconnect.stop-on-close-codes", new TreeSet<>(reconnect.stopOnCloseCodes()));
		put("reconnect.stop-on-http-statuses", new TreeSet<>(reconnect.stopOnHttpStatuses()));
	}

	private void outbound(ConnectionSettings.Outbound outbound) {
		ConnectionSettings.RateLimit limit = outbound.rateLimit();
		put("outbound.when-disconnected", outbound.whenDisconnected());
		put("outbound.capacity", outbound.capacity());
		put("outbound.max-bytes", PropertyTexts.size(outbound.maxBytes()));
		put("outbound.time-to-live", outbound.timeToLive());
		put("outbound.overflow", outbound.overflow());
		put("outbound.send-timeout", outbound.sendTimeout());
		put("outbound.rate-limit",
				(limit != null) ? limit.messages() + "/" + PropertyTexts.duration(limit.period()) : null);
	}

	private void inbound(ConnectionSettings.Inbound inbound) {
		put("inbound.capacity", inbound.capacity());
		put("inbound.max-bytes", PropertyTexts.size(inbound.maxBytes()));
		put("inbound.overflow", inbound.overflow());
		put("inbound.dispatch", inbound.dispatch());
		put("inbound.max-silence", inbound.maxSilence());
		put("inbound.on-silence", inbound.onSilence());
	}

	private void request(ConnectionSettings.Request request) {
		put("request.id", request.id());
		put("request.reply-id", request.replyId());
		put("request.timeout", request.timeout());
		put("request.max-pending", request.maxPending());
	}

	private void operations(ConnectionSettings settings) {
		put("health.grace-period", settings.health().gracePeriod());
		put("health.stopped-status", settings.health().stoppedStatus());
		put("observation.enabled", settings.diagnostics().observed());
		put("log-payloads", PropertyTexts.size(settings.diagnostics().loggedPayload()));
	}

	private void put(String key, @Nullable Object value) {
		if (value instanceof Duration duration) {
			this.properties.put(key, PropertyTexts.duration(duration));
		}
		else if (value instanceof Enum<?> choice) {
			this.properties.put(key, PropertyTexts.choice(choice));
		}
		else if (value != null && !(value instanceof Collection<?> values && values.isEmpty())) {
			this.properties.put(key, value);
		}
	}

	private void hide(String key) {
		this.properties.put(key, SanitizableData.SANITIZED_VALUE);
	}

	private void hideUnlessNull(String key, @Nullable Object value) {
		if (value != null) {
			hide(key);
		}
	}

	private void hide(String key, int number) {
		for (int i = 0; i < number; i++) {
			hide(key + "[" + i + "]");
		}
	}

	private void hide(String key, Collection<String> names) {
		new TreeSet<>(names).forEach((name) -> hide(key + "." + name));
	}

}
