package io.github.websocketresilience.autoconfigure;

import java.io.IOException;

import io.github.websocketresilience.GeneratedPage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps {@code docs/reference/configuration.md} equal to the compiled metadata. It is
 * written anew with {@code -Ddocs.update=true}.
 */
class ConfigurationReferenceTests {

	@Test
	void pageIsUpToDate() throws IOException {
		GeneratedPage.assertUpToDate("configuration.md", new ConfigurationReference(Metadata.read()).page());
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
