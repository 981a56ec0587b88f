package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/reference/configuration.md} equal to the compiled metadata. It is
 * written anew with {@code -Ddocs.update=true}.
 */
class ConfigurationReferenceTests {

	private static final Path PAGE = Path.of("..", "docs", "reference", "configuration.md");

	@Test
	void pageIsUpToDate() throws IOException {
		String page = new ConfigurationReference(Metadata.read()).page();
		if (Boolean.getBoolean("docs.update")) {
			Files.createDirectories(PAGE.getParent());
			Files.writeString(PAGE, page);
		}
		assertThat(PAGE).as("stale; write it anew with -Ddocs.update=true").hasContent(page);
	}

	@Test
	void everyKeyHasOneRowWithItsDescription() {
		String page = new ConfigurationReference(Metadata.read()).page();
		for (Key key : Metadata.keys().all()) {
			String name = key.name().toString();
			assertThat(page.lines().filter((line) -> line.startsWith("| `" + name + "` |"))).as(name)
				.singleElement()
				.asString()
				.contains(Metadata.text(Metadata.read().property(Metadata.PREFIX + name), "description"));
		}
	}

}
