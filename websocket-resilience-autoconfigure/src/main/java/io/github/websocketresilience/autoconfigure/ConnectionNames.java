package io.github.websocketresilience.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.util.StringUtils;

/**
 * Finds the named connections that are written. Names that are equal without dashes and
 * case are one connection, called by the spelling with the most dashes: an environment
 * variable can have none, so it never makes a second connection of one in a file.
 */
final class ConnectionNames {

	private static final ConfigurationPropertyName CONNECTIONS = PropertyReader.CONNECTIONS;

	private static final int LEVEL = CONNECTIONS.getNumberOfElements();

	private static final Pattern NAME = Pattern.compile("-*[A-Za-z0-9][A-Za-z0-9-]*");

	private final Map<String, String> names = new LinkedHashMap<>();

	private final List<Problem> problems = new ArrayList<>();

	private final Keys keys;

	private ConnectionNames(Keys keys) {
		this.keys = keys;
	}

	/**
	 * Find the names.
	 * @param sources where properties come from
	 * @param keys the keys of a connection
	 * @return the names, in the order in which they are written
	 */
	static ConnectionNames of(List<ConfigurationPropertySource> sources, Keys keys) {
		ConnectionNames names = new ConnectionNames(keys);
		// Variables last: how their names are split depends on the names that are known
		sources.stream()
			.filter((source) -> !Variables.areIn(source))
			.forEach((source) -> names.read(source, names::add));
		sources.stream().filter(Variables::areIn).forEach((source) -> names.read(source, names::addVariable));
		return names;
	}

	/**
	 * Return what tells a name from others.
	 * @param name the name of a connection
	 * @return the name without dashes and case
	 */
	static String distinct(String name) {
		return name.replace("-", "").toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the name of the bean of a named connection.
	 * @param name the name of the connection
	 * @return {@code myFeedWebSocketConnection} for {@code my-feed}
	 */
	static String beanName(String name) {
		StringBuilder result = new StringBuilder();
		for (String word : StringUtils.tokenizeToStringArray(name, "-")) {
			result.append(result.isEmpty() ? word : StringUtils.capitalize(word));
		}
		return result + "WebSocketConnection";
	}

	Collection<String> all() {
		return this.names.values();
	}

	List<Problem> problems() {
		return this.problems;
	}

	private void read(ConfigurationPropertySource source,
			BiConsumer<ConfigurationProperty, ConfigurationPropertyName> reader) {
		if (source instanceof IterableConfigurationPropertySource written) {
			written.stream()
				.filter((name) -> CONNECTIONS.equals(name) || CONNECTIONS.isAncestorOf(name))
				.forEach((name) -> {
					ConfigurationProperty property = source.getConfigurationProperty(name);
					if (property != null) {
						reader.accept(property, name);
					}
				});
		}
	}

	private void add(ConfigurationProperty property, ConfigurationPropertyName name) {
		if (CONNECTIONS.equals(name)) {
			if (!KeyCheck.isEmpty(property)) {
				this.problems.add(KeyCheck.notAGroup(property));
			}
			return;
		}
		ConfigurationPropertyName connection = name.chop(LEVEL + 1);
		String written = connection.getLastElement(Form.ORIGINAL);
		if (connection.isLastElementIndexed() || !NAME.matcher(written).matches()) {
			this.problems.add(notAName(property, connection));
		}
		else if (distinct(written).equals(WebSocketSettings.DEFAULT_CONNECTION)) {
			this.problems.add(isTheTopLevel(property, connection));
		}
		else {
			this.names.merge(distinct(written), written.toLowerCase(Locale.ROOT),
					(left, right) -> (dashes(right) > dashes(left)) ? right : left);
		}
	}

	private void addVariable(ConfigurationProperty property, ConfigurationPropertyName name) {
		ConfigurationPropertyName below = PropertyReader.below(CONNECTIONS, name);
		if (below.isEmpty() || speaksToKnown(below) || Variables.isForeign(below)) {
			return;
		}
		ConfigurationPropertyName key = PropertyReader.below(below.chop(1), below);
		if (!key.isEmpty() && new Variables(this.keys).spell(key)) {
			add(property, name);
		}
		else {
			this.problems.add(KeyCheck.unknown(property, CONNECTIONS.append(below.chop(1)), key, this.keys));
		}
	}

	private boolean speaksToKnown(ConfigurationPropertyName variable) {
		Variables variables = new Variables(this.keys);
		StringBuilder joined = new StringBuilder();
		for (int i = 1; i <= variable.getNumberOfElements(); i++) {
			joined.append(variable.getElement(i - 1, Form.UNIFORM));
			if (this.names.containsKey(joined.toString())
					&& variables.spell(PropertyReader.below(variable.chop(i), variable))) {
				return true;
			}
		}
		return false;
	}

	private static Problem notAName(ConfigurationProperty property, ConfigurationPropertyName connection) {
		return new Problem(connection.toString(), null, property.getOrigin(), "is not the name of a connection",
				"Change the name to one that consists of a-z, 0-9 and dashes.");
	}

	private static Problem isTheTopLevel(ConfigurationProperty property, ConfigurationPropertyName connection) {
		return new Problem(connection.toString(), null, property.getOrigin(),
				"is not a named connection: 'default' is the one at the top level",
				"Move its keys to the top level, such as 'resilient.websocket.url'.");
	}

	private static int dashes(String name) {
		return StringUtils.countOccurrencesOf(name, "-");
	}

}
