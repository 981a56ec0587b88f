package io.github.websocketresilience.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds what is written below the prefix but would be ignored: unknown keys, keys below a
 * text, a text where keys belong. Sources that cannot list their names are trusted.
 */
final class KeyCheck {

	/** Kubernetes gives every pod variables that begin with the name of a service. */
	private static final Pattern SERVICE_VARIABLE = Pattern
		.compile("(.+_)?(service_host|service_port(_.+)?|port(_\\d+_(tcp|udp|sctp)(_(proto|port|addr))?)?)");

	private final PropertyReader reader;

	private final Keys keys;

	KeyCheck(PropertyReader reader, Keys keys) {
		this.reader = reader;
		this.keys = keys;
	}

	/**
	 * Check all names below the prefix.
	 * @throws InvalidWebSocketPropertiesException that lists all that is wrong
	 */
	void run() {
		Map<String, Problem> problems = new LinkedHashMap<>();
		this.reader.sources()
			.stream()
			.flatMap(this::problems)
			.forEach((problem) -> problems.putIfAbsent(problem.property(), problem));
		if (!problems.isEmpty()) {
			throw new InvalidWebSocketPropertiesException(new ArrayList<>(problems.values()));
		}
	}

	private Stream<Problem> problems(ConfigurationPropertySource source) {
		if (!(source instanceof IterableConfigurationPropertySource names)) {
			return Stream.empty();
		}
		ConfigurationPropertyName prefix = this.reader.prefix();
		return names.stream()
			.filter((name) -> prefix.equals(name) || prefix.isAncestorOf(name))
			.map(source::getConfigurationProperty)
			.flatMap(Stream::ofNullable)
			.flatMap((property) -> problem(source, property).stream());
	}

	private Optional<Problem> problem(ConfigurationPropertySource source, ConfigurationProperty property) {
		ConfigurationPropertyName name = PropertyReader.below(this.reader.prefix(), property.getName());
		if (source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource) {
			return (isKnownVariable(name) || isForeignVariable(name)) ? Optional.empty()
					: Optional.of(unknown(property, name, this.keys, ConfigurationPropertyName.EMPTY));
		}
		return Optional.ofNullable(problem(property, name, this.keys, ConfigurationPropertyName.EMPTY));
	}

	private @Nullable Problem problem(ConfigurationProperty property, ConfigurationPropertyName name, Keys known,
			ConfigurationPropertyName parent) {
		Key key = known.covering(name).orElse(null);
		if (key == null) {
			if (!known.isGroup(name)) {
				return unknown(property, name, known, parent);
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
				: unknown(property, name, this.keys, ConfigurationPropertyName.EMPTY);
	}

	private Problem unknown(ConfigurationProperty property, ConfigurationPropertyName name, Keys known,
			ConfigurationPropertyName parent) {
		ConfigurationPropertyName nearest = NearestKey.to(name, known.all().stream().map(Key::name).toList());
		String suggestion = this.reader.prefix().append(parent).append(nearest).toString();
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

	private static Problem notAGroup(ConfigurationProperty property) {
		String name = property.getName().toString();
		return new Problem(name, null, property.getOrigin(), "takes no value of its own, only keys below it",
				"Set a key below '%s'.".formatted(name));
	}

	private static boolean isEmpty(ConfigurationProperty property) {
		return property.getValue().toString().isEmpty();
	}

	private static boolean isForeignVariable(ConfigurationPropertyName name) {
		String variable = IntStream.range(0, name.getNumberOfElements())
			.mapToObj((index) -> name.getElement(index, ConfigurationPropertyName.Form.UNIFORM))
			.collect(Collectors.joining("_"));
		return SERVICE_VARIABLE.matcher(variable).matches();
	}

	// In a variable dashes and dots cannot be told apart: join elements until they spell
	// a
	// key
	private boolean isKnownVariable(ConfigurationPropertyName name) {
		StringBuilder joined = new StringBuilder();
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			joined.append(name.getElement(i, ConfigurationPropertyName.Form.UNIFORM));
			boolean last = i == name.getNumberOfElements() - 1;
			String spelled = joined.toString();
			if (this.keys.all().stream().anyMatch((key) -> spells(spelled, key) && (last || takesMore(key)))) {
				return true;
			}
		}
		return name.isEmpty();
	}

	private static boolean spells(String text, Key key) {
		return text.equals(key.name().toString().replaceAll("[.-]", ""));
	}

	private static boolean takesMore(Key key) {
		return key.shape() != Key.Shape.SCALAR;
	}

}
