package io.github.websocketresilience.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Reads the properties of the top level, or those of a named connection with what it
 * inherits, and says in our own words what is wrong with them.
 *
 * @param prefix where to read
 * @param sources where the properties come from, the first one wins
 * @param placeholders replaces placeholders in values
 */
record PropertyReader(ConfigurationPropertyName prefix, List<ConfigurationPropertySource> sources,
		PlaceholdersResolver placeholders) {

	static final ConfigurationPropertyName TOP_LEVEL = ConfigurationPropertyName.of("resilient.websocket");

	static final ConfigurationPropertyName CONNECTIONS = TOP_LEVEL.append("connections");

	/**
	 * Boot clears durations and lists by an empty value; this does it for numbers too.
	 */
	private static final BindHandler EMPTY_IS_UNSET = new BindHandler() {

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			ConfigurationProperty property = context.getConfigurationProperty();
			if (property != null && property.getValue().toString().isEmpty()) {
				return null;
			}
			throw error;
		}

	};

	static PropertyReader topLevel(Environment environment) {
		List<ConfigurationPropertySource> sources = StreamSupport
			.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
			.toList();
		return new PropertyReader(TOP_LEVEL, sources, new PropertySourcesPlaceholdersResolver(environment));
	}

	/**
	 * Return a reader of a named connection: it looks below the connection's own prefix
	 * in all sources, then, for the keys of a policy, at the top level.
	 * @param name the name of the connection
	 * @param keys the keys that exist
	 * @return the reader
	 */
	PropertyReader connection(String name, Keys keys) {
		ConfigurationPropertyName own = CONNECTIONS.append(name);
		return new PropertyReader(own, Stream.concat(this.sources.stream(), inherited(own, keys)).toList(),
				this.placeholders);
	}

	/**
	 * Return a reader of what a connection inherits of which nothing is written.
	 * @param keys the keys that exist
	 * @return the reader
	 */
	PropertyReader policy(Keys keys) {
		return new PropertyReader(CONNECTIONS, inherited(CONNECTIONS, keys).toList(), this.placeholders);
	}

	private Stream<ConfigurationPropertySource> inherited(ConfigurationPropertyName own, Keys keys) {
		return this.sources.stream().map((source) -> new InheritedSource(source, this.prefix, own, keys));
	}

	/**
	 * Bind a record.
	 * @param <T> its type
	 * @param type its type
	 * @return the record, of defaults where nothing is given
	 * @throws InvalidWebSocketPropertiesException if a value cannot be converted
	 */
	<T> T bind(Class<T> type) {
		try {
			return new Binder(this.sources, this.placeholders).bindOrCreate(this.prefix.toString(), Bindable.of(type),
					EMPTY_IS_UNSET);
		}
		catch (BindException ex) {
			ConfigurationPropertyName key = below(this.prefix, ex.getName());
			String reason = "must be " + ExpectedValue.of(ex.getTarget().getType());
			throw failure(key, null, reason, (name) -> change(name, reason));
		}
	}

	/**
	 * Find a property that is given.
	 * @param key its key below the prefix
	 * @return the property as it is written
	 */
	Optional<ConfigurationProperty> find(ConfigurationPropertyName key) {
		ConfigurationPropertyName name = this.prefix.append(key);
		return this.sources.stream()
			.flatMap((source) -> Stream.ofNullable(source.getConfigurationProperty(name)))
			.findFirst();
	}

	/**
	 * Return the text of a property with its placeholders replaced.
	 * @param property the property
	 * @return its value as text
	 */
	String text(ConfigurationProperty property) {
		return String.valueOf(this.placeholders.resolvePlaceholders(property.getValue()));
	}

	/**
	 * Return the whole name of a key, in quotes: where it is written if it is inherited.
	 * @param key the key below the prefix
	 * @return its name
	 */
	String name(String key) {
		ConfigurationPropertyName name = find(ConfigurationPropertyName.of(key)).map(ConfigurationProperty::getName)
			.orElseGet(() -> this.prefix.append(key));
		return "'" + name + "'";
	}

	/**
	 * Return whether a key is written for this connection, and not inherited.
	 * @param key the key below the prefix
	 * @return whether it is the connection's own
	 */
	boolean isOwn(String key) {
		return find(ConfigurationPropertyName.of(key)).filter((it) -> this.prefix.isAncestorOf(it.getName()))
			.isPresent();
	}

	/**
	 * Explain an invalid setting.
	 * @param ex what the settings complained about
	 * @return an exception that names the property as the user wrote it
	 */
	InvalidWebSocketPropertiesException failure(InvalidSettingException ex) {
		return failure(ex, (name) -> change(name, "must " + ex.requirement()));
	}

	/**
	 * Explain a setting that cannot be used, where a change of its value does not help.
	 * @param ex what was complained about
	 * @param action says what to do, given the name of the property
	 * @return an exception that names the property as the user wrote it
	 */
	InvalidWebSocketPropertiesException failure(InvalidSettingException ex, UnaryOperator<String> action) {
		ConfigurationPropertyName key = ConfigurationPropertyName.adapt(ex.property(), '.');
		return failure(key, ex.value(), "must " + ex.requirement(), action);
	}

	/**
	 * Return the part of a name that is below another one. Not {@code subName}: that
	 * fails for names that were appended to.
	 * @param prefix the name above
	 * @param name the name below it, or the same one
	 * @return the part, empty for the same name
	 */
	static ConfigurationPropertyName below(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
		ConfigurationPropertyName result = ConfigurationPropertyName.EMPTY;
		for (int i = prefix.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, ConfigurationPropertyName.Form.DASHED);
			result = result.append(name.chop(i + 1).isLastElementIndexed() ? "[" + element + "]" : element);
		}
		return result;
	}

	private InvalidWebSocketPropertiesException failure(ConfigurationPropertyName key, @Nullable String value,
			String reason, UnaryOperator<String> action) {
		// A list of one text is written without an index
		Optional<ConfigurationProperty> property = find(key)
			.or(() -> key.isLastElementIndexed() ? find(key.getParent()) : Optional.empty());
		String name = property.map((written) -> nameOf(written, key))
			.orElseGet(() -> this.prefix.append(key))
			.toString();
		String text = property.map(this::text).orElse(value);
		Problem problem = new Problem(name, Secrets.show(key, text),
				property.map(ConfigurationProperty::getOrigin).orElse(null), reason, action.apply(name));
		return new InvalidWebSocketPropertiesException(List.of(problem));
	}

	// Of several texts in one, say which
	private static ConfigurationPropertyName nameOf(ConfigurationProperty written, ConfigurationPropertyName key) {
		ConfigurationPropertyName name = written.getName();
		String index = key.getLastElement(ConfigurationPropertyName.Form.ORIGINAL);
		boolean isLater = key.isLastElementIndexed() && !name.isLastElementIndexed() && !"0".equals(index);
		return isLater ? name.append("[" + index + "]") : name;
	}

	private static String change(String name, String reason) {
		return "Change '%s': it %s.".formatted(name, reason);
	}

}
