package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.RateLimit;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.StringUtils;

/**
 * Finds settings that work but are hardly meant.
 */
final class SettingsWarnings {

	private static final ConfigurationPropertyName URL = ConfigurationPropertyName.of("url");

	private static final Pattern BARE_NUMBER = Pattern.compile("[1-9]\\d?");

	private static final Pattern LOOPBACK = Pattern
		.compile("localhost|.+\\.localhost|127\\.\\d+\\.\\d+\\.\\d+|\\[(::1|(0+:){7}0*1)]");

	/** Proxies and load balancers commonly end a connection that was idle for so long. */
	private static final Duration LONG_INTERVAL = Duration.ofSeconds(60);

	private SettingsWarnings() {
	}

	/**
	 * Find what to warn about. Of an inherited value the same is said for each
	 * connection.
	 * @param reader reads the properties of the connection
	 * @param keys the keys that exist
	 * @param settings what came of them
	 * @return one line for people each, without secrets
	 */
	static List<String> of(PropertyReader reader, Keys keys, ConnectionSettings settings) {
		List<String> warnings = new ArrayList<>();
		keys.all()
			.stream()
			.filter((key) -> key.type() == Duration.class)
			.flatMap((key) -> reader.find(key.name()).stream())
			.filter((property) -> BARE_NUMBER.matcher(reader.text(property)).matches())
			.forEach((property) -> warnings.add(bareNumber(property, reader.text(property))));
		if (settings.heartbeat().interval().compareTo(LONG_INTERVAL) > 0) {
			warnings.add(reader.name("heartbeat.interval") + " is longer than 60s: proxies and load balancers commonly "
					+ "drop connections that are idle for that long");
		}
		if (!settings.heartbeat().isOn()) {
			warnings
				.add(reader.name("heartbeat.interval") + " is 0: without heartbeats a dead peer is found only by TCP");
		}
		if (settings.heartbeat().isOn() && settings.heartbeat().timeout().isZero()) {
			warnings.add(reader.name("heartbeat.timeout") + " is 0: a dead peer is then found only by TCP");
		}
		if (leavesNoRoomForMessages(settings)) {
			warnings.add(reader.name("outbound.rate-limit") + " is used up by heartbeats: they count too, and "
					+ reader.name("heartbeat.interval") + " is not longer than the time for one message");
		}
		if (settings.inbound().maxSilence() == null && settings.inbound().onSilence() == OnSilence.RECONNECT
				&& reader.isOwn("inbound.on-silence")) {
			warnings
				.add(reader.name("inbound.on-silence") + " does nothing without " + reader.name("inbound.max-silence"));
		}
		settings.urls()
			.stream()
			.filter((url) -> sendsSecretsInTheClear(url, settings))
			.map(URI::getHost)
			.distinct()
			.forEach((host) -> warnings.add(inTheClear(reader, host)));
		return warnings;
	}

	private static String bareNumber(ConfigurationProperty property, String text) {
		return "'%s' is %s, which means %sms; write %ss for seconds, %sms if milliseconds are meant"
			.formatted(property.getName(), text, text, text, text);
	}

	private static boolean leavesNoRoomForMessages(ConnectionSettings settings) {
		RateLimit limit = settings.outbound().rateLimit();
		return limit != null && settings.heartbeat().isOn()
				&& limit.interval().compareTo(settings.heartbeat().interval()) >= 0;
	}

	private static String inTheClear(PropertyReader reader, String host) {
		boolean isList = reader.find(URL).filter((url) -> StringUtils.hasText(reader.text(url))).isEmpty();
		return reader.name(isList ? "urls" : "url")
				+ " begins with ws://: headers, query, credentials and user info travel unencrypted to " + host
				+ "; use wss://";
	}

	private static boolean sendsSecretsInTheClear(URI url, ConnectionSettings settings) {
		ConnectionSettings.Security security = settings.security();
		boolean credentials = !settings.handshake().headers().isEmpty() || !settings.handshake().query().isEmpty()
				|| security.basic() != null || security.oauth2RegistrationId() != null || url.getRawQuery() != null
				|| url.getRawUserInfo() != null;
		return "ws".equals(url.getScheme()) && credentials
				&& !LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
	}

}
