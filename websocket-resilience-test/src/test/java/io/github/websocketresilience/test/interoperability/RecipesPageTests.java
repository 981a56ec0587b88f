package io.github.websocketresilience.test.interoperability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The documentation quotes the configuration that the tests connect with.
 */
class RecipesPageTests {

	private static final Path PAGE = Path.of("..", "docs", "recipes.md");

	@ParameterizedTest
	@ValueSource(strings = { "r0", "r1", "r2", "r2-unanswered", "r3", "r4" })
	void pageQuotesTheRecipe(String name) throws IOException {
		String recipe = Files.readString(Path.of("src", "test", "resources", "recipes", name + ".yaml")).strip();
		assertThat(Files.readString(PAGE)).contains("```yaml\n" + recipe + "\n```");
	}

}
