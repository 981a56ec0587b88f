package io.github.websocketresilience.sample.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Pictures of the page, for people: into {@code target/screenshots}.
 */
final class Screenshots {

	private static final Path DIRECTORY = Path.of("target/screenshots");

	private Screenshots() {
	}

	static void take(Tab tab, String name) {
		tab.run("scrollTo(0, 0)");
		Map<String, Object> picture = tab.driver()
			.executeCdpCommand("Page.captureScreenshot", Map.of("format", "webp", "quality", 70));
		try {
			Files.createDirectories(DIRECTORY);
			Files.write(DIRECTORY.resolve(name + ".webp"), Base64.getDecoder().decode((String) picture.get("data")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Have the page shown in light or dark.
	 * @param tab which page
	 * @param scheme {@code light} or {@code dark}
	 */
	static void scheme(Tab tab, String scheme) {
		tab.driver()
			.executeCdpCommand("Emulation.setEmulatedMedia",
					Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
	}

}
