package io.github.websocketresilience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of {@code docs/reference} that is generated from the code. It is written anew
 * with {@code -Ddocs.update=true}.
 */
public final class GeneratedPage {

	private static final Path REFERENCE = Path.of("..", "docs", "reference");

	private GeneratedPage() {
	}

	/**
	 * Fail if a page is stale.
	 * @param name its file
	 * @param content what it should be
	 */
	public static void assertUpToDate(String name, String content) throws IOException {
		Path page = REFERENCE.resolve(name);
		if (Boolean.getBoolean("docs.update")) {
			Files.createDirectories(REFERENCE);
			Files.writeString(page, content);
		}
		assertThat(page).as("stale; write it anew with -Ddocs.update=true").hasContent(content);
	}

}
