package io.github.websocketresilience.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

/**
 * Finds what is written below the prefix but would be ignored: unknown keys, keys below a
 * text, a text where keys belong. Sources that cannot list their names are trusted.
 */
final class KeyCheck {

	private final PropertyReader reader;

	private final Keys keys;

	private final Variables variables;

	KeyCheck(PropertyReader reader, Keys keys) {
		this.reader = reader;
		this.keys = keys;
		this.variables = new Variables(keys);
	}

	/**
	 * Check all names below the prefix, but for those of named connections.
	 * @return what is wrong
	 */
	List<Problem> problems() {
		return this.reader.sources().stream().flatMap(this::problems).toList();
	}

	private Stream<Problem> problems(ConfigurationPropertySource source) {
		if (!(source instanceof IterableConfigurationPropertySource names)) {
			return Stream.empty();
		}
		ConfigurationPropertyName prefix = this.reader.prefix();
		return names.stream()
			.filter((name) -> prefix.equals(name) || prefix.isAncestorOf(name))
			.filter((name) -> !isOfNamedConnections(name))
			.map(source::getConfigurationProperty)
			.flatMap(Stream::ofNullable)
			.flatMap((property) -> problem(source, property).stream());
	}

	private boolean isOfNamedConnections(ConfigurationPropertyName name) {
		ConfigurationPropertyName connections = PropertyReader.CONNECTIONS;
		return this.reader.prefix().isParentOf(connections)
				&& (connections.equals(name) || connections.isAncestorOf(name));
	}

	private Optional<Problem> problem(ConfigurationPropertySource source, ConfigurationProperty property) {
		ConfigurationPropertyName name = PropertyReader.below(this.reader.prefix(), property.getName());
		if (Variables.areIn(source)) {
			return (this.variables.spell(name) || Variables.isForeign(name)) ? Optional.empty()
					: Optional.of(unknown(property, this.reader.prefix(), name, this.keys));
		}
		return Optional.ofNullable(problem(property, name, this.keys, ConfigurationPropertyName.EMPTY));
	}

	private @Nullable Problem problem(ConfigurationProperty property, ConfigurationPropertyName name, Keys known,
			ConfigurationPropertyName parent) {
		Key key = known.covering(name).orElse(null);
		if (key == null) {
			if (!known.isGroup(name)) {
				return unknown(property, this.reader.prefix().append(parent), name, known);
			}
			return isEmpty(property) ? null : notAGroup(property);
		}
		int below = name.getNumberOfElements() - key.name().getNumberOfElements();
		boolean element = below == 1 && name.isLastElementIndexed();
		return switch (key.shape()) {
			case SCALAR -> (below != 0) ? belowText(property, parent.append(key.name())) : null;
			case LIST -> (below != 0 && !element) ? belowText(property, parent.append(key.name())) : null;
			case MAP -> (below == 0 && !isEmpty(property)) ? notAGroup(property) : null;
			case RECORDS -> problemOfElement(property, name, key);
		};
	}

	private @Nullable Problem problemOfElement(ConfigurationProperty property, ConfigurationPropertyName name,
			Key key) {
		int size = key.name().getNumberOfElements();
		if (name.getNumberOfElements() <= size || key.elements() == null) {
			return isEmpty(property) ? null : notAGroup(property);
		}
		ConfigurationPropertyName element = name.chop(size + 1);
		return element.isLastElementIndexed()
				? problem(property, PropertyReader.below(element, name), key.elements(), element)
				: unknown(property, this.reader.prefix(), name, this.keys);
	}

	/**
	 * Explain an unknown key.
	 * @param property what is written
	 * @param parent the name below which the known keys are
	 * @param name what is written below that
	 * @param known the known keys
	 * @return the problem
	 */
	static Problem unknown(ConfigurationProperty property, ConfigurationPropertyName parent,
			ConfigurationPropertyName name, Keys known) {
		ConfigurationPropertyName nearest = NearestKey.to(name, known.all().stream().map(Key::name).toList());
		String suggestion = parent.append(nearest).toString();
		String written = property.getName().toString();
		return new Problem(written, null, property.getOrigin(),
				"is not a known key; the nearest one is '" + suggestion + "'",
				"Change '%s' to '%s' if that is what you meant, else remove it.".formatted(written, suggestion));
	}

	// What is below a text may be the text itself, and so a secret
	private Problem belowText(ConfigurationProperty property, ConfigurationPropertyName key) {
		String name = this.reader.prefix().append(key).toString();
		return new Problem(name, null, property.getOrigin(),
				"takes a text, but there are keys below it: in YAML, JSON without quotes is a map",
				"Put the value of '%s' in single quotes.".formatted(name));
	}

	static Problem notAGroup(ConfigurationProperty property) {
		String name = property.getName().toString();
		return new Problem(name, null, property.getOrigin(), "takes no value of its own, only keys below it",
				"Set a key below '%s'.".formatted(name));
	}

	static boolean isEmpty(ConfigurationProperty property) {
		return property.getValue().toString().isEmpty();
	}

}
