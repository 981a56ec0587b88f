package io.github.websocketresilience.test.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of {@code docs/reliability.md} name tests and planted bugs that exist.
 */
class PromisesPageTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Path MUTATIONS = ROOT.resolve("websocket-resilience-autoconfigure/src/test/mutations");

	private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Tests)(?:\\.(\\w+))?`");

	private static final Pattern BUG = Pattern.compile("`([a-z0-9]+(?:-[a-z0-9]+)+)`");

	/** Of promises and of rows of the policy. */
	private static final int FEWEST = 40;

	private final List<String> rows = rows();

	private final Map<String, Path> sources = sources();

	@Test
	void everyTestThatIsNamedExists() {
		List<MatchResult> named = this.rows.stream().flatMap((row) -> TEST.matcher(row).results()).toList();
		assertThat(named).hasSizeGreaterThanOrEqualTo(FEWEST).allSatisfy((test) -> {
			assertThat(this.sources).as(test.group()).containsKey(test.group(1));
			if (test.group(2) != null) {
				assertThat(this.sources.get(test.group(1))).as(test.group())
					.content()
					.containsPattern("\\bvoid " + test.group(2) + "\\(");
			}
		});
	}

	@Test
	void everyPlantedBugThatIsNamedNamesATestOfItsRow() throws IOException {
		List<String> planted = new ArrayList<>();
		for (String row : this.rows) {
			List<String> tests = TEST.matcher(row).results().map((test) -> "faults." + test.group(1)).toList();
			for (String bug : BUG.matcher(lastCell(row)).results().map((name) -> name.group(1)).toList()) {
				Path patch = MUTATIONS.resolve(bug + ".patch");
				assertThat(patch).exists();
				String header = Files.readAllLines(patch).get(0);
				assertThat(tests).as(bug).anyMatch(header::contains);
				planted.add(bug);
			}
		}
		assertThat(planted).hasSizeGreaterThan(20);
	}

	/**
	 * The rows that name a test.
	 */
	private static List<String> rows() {
		try (Stream<String> lines = Files.lines(ROOT.resolve("docs/reliability.md"))) {
			return lines.filter((line) -> line.startsWith("|") && TEST.matcher(line).find()).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String lastCell(String row) {
		String[] cells = row.split("\\|");
		return cells[cells.length - 1];
	}

	/**
	 * The sources of all test classes, by simple name.
	 */
	private static Map<String, Path> sources() {
		try (Stream<Path> modules = Files.list(ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.flatMap(PromisesPageTests::testsBelow)
				.collect(Collectors.toMap((file) -> file.getFileName().toString().replace(".java", ""), (file) -> file,
						(one, other) -> one.toString().contains("faults") ? one : other));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<Path> testsBelow(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter((file) -> file.toString().endsWith("Tests.java")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
