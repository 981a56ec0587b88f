package com.example.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The how-to pages quote code and configuration that the tests run.
 */
class HowToPagesTests {

	private static final Path PAGES = Path.of("..", "docs", "how-to");

	private static final Path CODE = Path.of("src", "test", "java", "com", "example", "feed");

	private static final Path CONFIGURATION = Path.of("src", "test", "resources", "how-to");

	static Stream<Path> pages() throws IOException {
		return files(PAGES).stream();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void quotesCodeThatIsRun(Path page) throws IOException {
		assertThat(blocks(page, "java")).isNotEmpty().allMatch((block) -> isPartOf(CODE, block));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void quotesConfigurationThatIsRun(Path page) throws IOException {
		assertThat(blocks(page, "yaml")).allMatch((block) -> isPartOf(CONFIGURATION, block));
	}

	private static List<String> blocks(Path page, String language) throws IOException {
		return Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
			.matcher(Files.readString(page))
			.results()
			.map((MatchResult result) -> result.group(1))
			.toList();
	}

	private static boolean isPartOf(Path directory, String block) {
		return files(directory).stream().anyMatch((file) -> unindented(read(file)).contains(unindented(block)));
	}

	private static String unindented(String text) {
		return text.lines().map(String::strip).collect(Collectors.joining("\n"));
	}

	private static List<Path> files(Path directory) {
		try (Stream<Path> files = Files.list(directory)) {
			return files.sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
