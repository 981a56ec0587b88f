package io.github.websocketresilience.sample.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.core.io.ClassPathResource;

/**
 * One of the five classic recipes, as configuration.
 *
 * @param name that of its connection
 * @param title its title
 * @param yaml what is configured
 */
record Recipe(String name, String title, String yaml) {

	private static final List<String> NAMES = List.of("chat-by-id", "plain-echo", "outlive", "keyed-push",
			"message-codes");

	static List<Recipe> all() {
		return NAMES.stream().map(Recipe::load).toList();
	}

	private static Recipe load(String name) {
		try {
			String yaml = new ClassPathResource("recipes/" + name + ".yaml").getContentAsString(StandardCharsets.UTF_8);
			String title = yaml.substring("# ".length(), yaml.indexOf(':'));
			return new Recipe(name, title, yaml);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
