package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;

/**
 * All that is configured below {@code resilient.websocket}, validated.
 *
 * @param application what all connections share
 * @param connections the connections: the one at the top level if it has a URL, then the
 * named ones
 * @param inherited what a connection that is opened at run time begins with
 */
record WebSocketSettings(ApplicationProperties application, List<ConnectionSettings> connections,
		ConnectionProperties inherited) {

	static final String DEFAULT_CONNECTION = "default";

	private static final Logger logger = LoggerFactory.getLogger(WebSocketSettings.class);

	/**
	 * Read the properties where no bean knows addresses.
	 * @param environment where they come from
	 * @return the settings
	 * @throws InvalidWebSocketPropertiesException if a property cannot be used
	 */
	static WebSocketSettings read(Environment environment) {
		return read(environment, new DetailsBeans(List.of()));
	}

	/**
	 * Read and validate the properties, and warn of what is hardly meant.
	 * @param environment where they come from
	 * @param details the beans that know addresses
	 * @return the settings
	 * @throws InvalidWebSocketPropertiesException if a property cannot be used
	 */
	static WebSocketSettings read(Environment environment, DetailsBeans details) {
		PropertyReader reader = PropertyReader.topLevel(environment);
		Keys keys = keys();
		ConnectionNames names = names(reader);
		Collection<Problem> problems = problems(reader, names);
		if (!problems.isEmpty()) {
			throw new InvalidWebSocketPropertiesException(List.copyOf(problems));
		}
		ApplicationProperties application = reader.bind(ApplicationProperties.class);
		check(application.threads(), reader);
		List<ConnectionSettings> connections = new ArrayList<>();
		Set<String> warnings = new LinkedHashSet<>();
		connection(DEFAULT_CONNECTION, reader, details).ifPresent((settings) -> {
			connections.add(settings);
			warnings.addAll(SettingsWarnings.of(reader, keys, settings));
		});
		for (String name : names.all()) {
			PropertyReader named = reader.connection(name, keys);
			ConnectionSettings settings = connection(name, named, details).orElseThrow(() -> missingUrl(named));
			connections.add(settings);
			warnings.addAll(SettingsWarnings.of(named, keys, settings));
		}
		warnings.forEach(logger::warn);
		return new WebSocketSettings(application, connections, inherited(reader.policy(keys)));
	}

	/**
	 * Find the named connections that are written.
	 * @param environment where properties come from
	 * @return their names, without what cannot be one
	 */
	static List<String> names(Environment environment) {
		return List.copyOf(names(PropertyReader.topLevel(environment)).all());
	}

	/**
	 * Return the reader of a configured connection.
	 * @param name its name
	 * @param environment where properties come from
	 * @return the reader
	 */
	static PropertyReader reader(String name, Environment environment) {
		PropertyReader reader = PropertyReader.topLevel(environment);
		return DEFAULT_CONNECTION.equals(name) ? reader : reader.connection(name, keys());
	}

	/**
	 * Begin settings of a connection that is opened at run time.
	 * @param name its name
	 * @return a builder
	 */
	ConnectionSettings.Builder builder(String name) {
		return SettingsMapper.builder(name, this.inherited).group(ConnectionSettings.DYNAMIC_GROUP);
	}

	private static Keys keys() {
		return Keys.of(ApplicationProperties.class, ConnectionProperties.class);
	}

	static ConnectionNames names(PropertyReader reader) {
		return ConnectionNames.of(reader.sources(), Keys.of(ConnectionProperties.class));
	}

	/**
	 * Find all that is written below the prefix and would be ignored, each once.
	 * @param reader reads the top level
	 * @param names the named connections
	 * @return what is wrong
	 */
	static Collection<Problem> problems(PropertyReader reader, ConnectionNames names) {
		Keys ofConnections = Keys.of(ConnectionProperties.class);
		List<Problem> all = new ArrayList<>(new KeyCheck(reader, keys()).problems());
		all.addAll(names.problems());
		names.all()
			.stream()
			.map((name) -> reader.connection(name, ofConnections))
			.forEach((connection) -> all.addAll(new KeyCheck(connection, ofConnections).problems()));
		Map<String, Problem> problems = new LinkedHashMap<>();
		all.forEach((problem) -> problems.putIfAbsent(problem.property(), problem));
		return problems.values();
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

	private static Optional<ConnectionSettings> connection(String name, PropertyReader reader, DetailsBeans details) {
		ConnectionProperties properties = reader.bind(ConnectionProperties.class);
		List<URI> urls = details.urls(name);
		try {
			if (!urls.isEmpty()) {
				return Optional.of(SettingsMapper.builder(name, properties).urls(urls).build());
			}
			return AddressTexts.areIn(properties) ? Optional.of(SettingsMapper.map(name, properties))
					: Optional.empty();
		}
		catch (InvalidSettingException ex) {
			boolean ofBean = !urls.isEmpty() && ex.property().startsWith("url");
			throw ofBean ? reader.failure(ex, (property) -> correctBean(name)) : reader.failure(ex);
		}
	}

	private static String correctBean(String name) {
		return "Correct the addresses that the WebSocketConnectionDetails bean gives for '%s'.".formatted(name);
	}

	private static InvalidWebSocketPropertiesException missingUrl(PropertyReader reader) {
		return reader.failure(
				new InvalidSettingException("url", null, "be set: every named connection needs an address of its own"),
				(name) -> "Set '%s' to the address of the server, such as wss://example.com/ws.".formatted(name));
	}

	private static ConnectionProperties inherited(PropertyReader reader) {
		ConnectionProperties properties = reader.bind(ConnectionProperties.class);
		try {
			SettingsMapper.builder(ConnectionSettings.DYNAMIC_GROUP, properties);
			return properties;
		}
		catch (InvalidSettingException ex) {
			throw reader.failure(ex);
		}
	}

}
