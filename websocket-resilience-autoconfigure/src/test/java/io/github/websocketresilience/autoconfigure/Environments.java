package io.github.websocketresilience.autoconfigure;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Makes environments of a few properties, free of those of the machine.
 */
final class Environments {

	private Environments() {
	}

	/**
	 * Return an environment of some properties.
	 * @param properties texts of the form {@code name=value}, names below our prefix
	 * @return the environment
	 */
	static ConfigurableEnvironment of(String... properties) {
		return add(empty(), properties);
	}

	/**
	 * Add a property source that comes before what is there.
	 * @param environment the environment
	 * @param properties texts of the form {@code name=value}, names below our prefix
	 * @return the environment
	 */
	static ConfigurableEnvironment add(ConfigurableEnvironment environment, String... properties) {
		environment.getPropertySources().addFirst(source(environment, properties));
		return environment;
	}

	/**
	 * Add a property source that comes after what is there, as a file after variables.
	 * @param environment the environment
	 * @param properties texts of the form {@code name=value}, names below our prefix
	 * @return the environment
	 */
	static ConfigurableEnvironment addLast(ConfigurableEnvironment environment, String... properties) {
		environment.getPropertySources().addLast(source(environment, properties));
		return environment;
	}

	private static MapPropertySource source(ConfigurableEnvironment environment, String... properties) {
		Map<String, Object> map = new LinkedHashMap<>();
		Arrays.stream(properties).map((property) -> property.split("=", 2)).forEach((property) -> {
			String name = "resilient.websocket" + (property[0].isEmpty() ? "" : "." + property[0]);
			map.put(name, property[1]);
		});
		int number = environment.getPropertySources().size();
		return new MapPropertySource("test " + number, map);
	}

	/**
	 * Return an environment of some environment variables.
	 * @param variables texts of the form {@code NAME=value}
	 * @return the environment
	 */
	static ConfigurableEnvironment ofVariables(String... variables) {
		Map<String, Object> map = new LinkedHashMap<>();
		Arrays.stream(variables)
			.map((variable) -> variable.split("=", 2))
			.forEach((variable) -> map.put(variable[0], variable[1]));
		ConfigurableEnvironment environment = empty();
		environment.getPropertySources()
			.addFirst(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					map));
		return environment;
	}

	private static ConfigurableEnvironment empty() {
		ConfigurableEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		return environment;
	}

}
