package io.github.websocketresilience.test.faults.soak;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the connections are configured with: something of everything, by their number.
 */
final class Settings {

	/** What all of them share: short times, so that much happens. */
	static final Map<String, String> SHARED = new TreeMap<>(
			Map.ofEntries(Map.entry("connect-timeout", "2s"), Map.entry("close-timeout", "2s"),
					Map.entry("heartbeat.interval", "1s"), Map.entry("heartbeat.timeout", "1s"),
					Map.entry("reconnect.delay", "100ms"), Map.entry("reconnect.max-delay", "1s"),
					Map.entry("reconnect.jitter", "0.5"), Map.entry("reconnect.reset-after", "1s"),
					Map.entry("outbound.time-to-live", "3s"), Map.entry("outbound.send-timeout", "2s"),
					Map.entry("outbound.max-bytes", "4MB"), Map.entry("request.timeout", "3s")));

	/**
	 * How long the last is not open once nothing is in the way: {@code interval + timeout
	 * * max-missed} and {@code max-delay * (1 + jitter)}, which is longer than an attempt
	 * that hangs and its delay.
	 */
	static final Duration OPEN_AGAIN = Duration.ofMillis(1000 + 1000 * 2 + 1500);

	private Settings() {
	}

	static Dialect dialect(int connection) {
		return Dialect.values()[connection % Dialect.values().length];
	}

	static boolean isSecure(int connection) {
		return connection % 10 == 7;
	}

	static boolean logsIn(int connection) {
		return connection % 5 == 0;
	}

	static boolean mayLoseInbound(int connection) {
		return connection % 7 == 3;
	}

	/**
	 * Return what a connection has of its own, but for its address.
	 * @param connection its number, from 0
	 * @return keys and values
	 */
	static Map<String, String> of(int connection) {
		Map<String, String> settings = new TreeMap<>(dialect(connection).settings());
		settings.put("heartbeat.proof", (connection % 3 == 0) ? "reply" : "any");
		settings.put("heartbeat.max-missed", (connection % 6 == 1) ? "2" : "1");
		settings.put("outbound.when-disconnected", (connection % 5 == 4) ? "reject" : "queue");
		settings.put("outbound.capacity", (connection % 4 == 1) ? "50" : "1000");
		settings.put("outbound.overflow", (connection % 8 == 1) ? "drop-oldest" : "reject");
		settings.put("inbound.capacity", (connection % 3 == 1) ? "16" : "256");
		settings.put("inbound.overflow", mayLoseInbound(connection) ? "drop-oldest" : "pause");
		settings.put("inbound.dispatch", (connection % 6 == 5) ? "direct" : "queued");
		settings.put("compression", String.valueOf(connection % 5 == 2));
		if (connection % 10 == 9) {
			settings.put("outbound.rate-limit", "50/1s");
		}
		if (connection % 4 == 0) {
			settings.put("request.id", "/id");
		}
		if (logsIn(connection)) {
			settings.put("on-open.send[0]", "login");
		}
		return settings;
	}

	/**
	 * Write the file that configures the client.
	 * @param peers its servers
	 * @param directory where to
	 * @return the file
	 * @throws IOException if it cannot be written
	 */
	static Path write(List<Peer> peers, Path directory) throws IOException {
		Properties properties = new Properties();
		SHARED.forEach((key, value) -> properties.put("resilient.websocket." + key, value));
		for (Peer peer : peers) {
			String prefix = "resilient.websocket.connections." + peer.name() + ".";
			of(peer.number()).forEach((key, value) -> properties.put(prefix + key, value));
			properties.put(prefix + "url", peer.server().uri().toString());
			if (isSecure(peer.number())) {
				properties.put(prefix + "ssl.bundle", peer.name());
				properties.put("spring.ssl.bundle.pem." + peer.name() + ".truststore.certificate",
						peer.server().certificatePem());
			}
		}
		Path file = directory.resolve("soak-client.properties").toAbsolutePath();
		try (Writer writer = Files.newBufferedWriter(file)) {
			properties.store(writer, "Made by " + Settings.class.getSimpleName());
		}
		return file;
	}

}
