package io.github.websocketresilience;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every mutant that survives is explained, and nothing else is. Needs the report of the
 * profile {@code pitest}, which runs this.
 */
@EnabledIfSystemProperty(named = "pit.report", matches = ".+")
class SurvivingMutantsTests {

	private static final Path PAGE = Path.of("..", "docs", "reference", "mutations.md");

	@Test
	void survivorsAreThoseThatAreExplained() throws Exception {
		Path report = Path.of(System.getProperty("pit.report"));
		assertThat(SurvivingMutants.reported(report).entrySet()).as("survivors, which %s explains", PAGE)
			.containsExactlyInAnyOrderElementsOf(SurvivingMutants.explained(PAGE).entrySet());
	}

}
