package io.github.websocketresilience.autoconfigure;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads the names of environment variables, in which dashes and dots cannot be told
 * apart: {@code MAX_DELAY} and {@code MAXDELAY} spell {@code max-delay} both.
 *
 * @param keys the keys that exist
 */
record Variables(Keys keys) {

	/** Kubernetes gives every pod variables that begin with the name of a service. */
	private static final Pattern SERVICE_VARIABLE = Pattern
		.compile("(.+_)?(service_host|service_port(_.+)?|port(_\\d+_(tcp|udp|sctp)(_(proto|port|addr))?)?)");

	static boolean areIn(ConfigurationPropertySource source) {
		return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
	}

	/**
	 * Return whether a variable was not meant for us.
	 * @param name its name below the prefix
	 * @return whether it is one of Kubernetes
	 */
	static boolean isForeign(ConfigurationPropertyName name) {
		String variable = IntStream.range(0, name.getNumberOfElements())
			.mapToObj((index) -> name.getElement(index, ConfigurationPropertyName.Form.UNIFORM))
			.collect(Collectors.joining("_"));
		return SERVICE_VARIABLE.matcher(variable).matches();
	}

	/**
	 * Return whether a variable speaks to a key, or to what is below one.
	 * @param name its name below the prefix
	 * @return whether elements of it, joined, spell a key
	 */
	boolean spell(ConfigurationPropertyName name) {
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
