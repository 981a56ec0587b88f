package io.github.websocketresilience.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;

/**
 * All that is configured below {@code resilient.websocket}, validated.
 *
 * @param application what all connections share
 * @param connections the connections, none without a URL
 */
record WebSocketSettings(ApplicationProperties application, List<ConnectionSettings> connections) {

	static final String DEFAULT_CONNECTION = "default";

	private static final Logger logger = LoggerFactory.getLogger(WebSocketSettings.class);

	/**
	 * Read and validate the properties, and warn of what is hardly meant.
	 * @param environment where they come from
	 * @return the settings
	 * @throws InvalidWebSocketPropertiesException if a property cannot be used
	 */
	static WebSocketSettings read(Environment environment) {
		PropertyReader reader = PropertyReader.topLevel(environment);
		Keys keys = Keys.of(ApplicationProperties.class, ConnectionProperties.class);
		new KeyCheck(reader, keys).run();
		ApplicationProperties application = reader.bind(ApplicationProperties.class);
		check(application.threads(), reader);
		List<ConnectionSettings> connections = connection(DEFAULT_CONNECTION, reader).stream().toList();
		connections.forEach((settings) -> SettingsWarnings.of(reader, keys, settings).forEach(logger::warn));
		return new WebSocketSettings(application, connections);
	}

	private static void check(ApplicationProperties.Threads threads, PropertyReader reader) {
		atLeastOne("threads.io", threads.io(), reader);
		atLeastOne("threads.listeners", threads.listeners(), reader);
	}

	private static void atLeastOne(String key, int value, PropertyReader reader) {
		if (value < 1) {
			throw reader.failure(new InvalidSettingException(key, value, "be at least 1"));
		}
	}

	private static Optional<ConnectionSettings> connection(String name, PropertyReader reader) {
		ConnectionProperties properties = reader.bind(ConnectionProperties.class);
		if (!AddressTexts.areIn(properties)) {
			return Optional.empty();
		}
		try {
			return Optional.of(SettingsMapper.map(name, properties));
		}
		catch (InvalidSettingException ex) {
			throw reader.failure(ex);
		}
	}

}
