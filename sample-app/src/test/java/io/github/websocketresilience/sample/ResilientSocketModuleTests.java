package io.github.websocketresilience.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Runs the tests of the page's modules in Node's own test runner, which needs nothing
 * installed but Node.
 */
class ResilientSocketModuleTests {

	private static final Path TESTS = Path.of("src/test/js");

	@TempDir
	private Path directory;

	@Test
	void modulesOfThePageKeepTheirPromises() throws Exception {
		List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
		command.addAll(tests());
		Path output = this.directory.resolve("tap");
		Process process = start(command, output);
		try {
			assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("'node --test' ended").isTrue();
			String report = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(process.exitValue()).as(report).isZero();
			assertThat(report).containsPattern("(?m)^# pass [1-9]").containsPattern("(?m)^# skipped 0$");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static List<String> tests() throws IOException {
		try (Stream<Path> files = Files.list(TESTS)) {
			return files.map(Path::toString).filter((name) -> name.endsWith(".test.js")).sorted().toList();
		}
	}

	private static Process start(List<String> command, Path output) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		}
		catch (IOException ex) {
			String message = "Node.js is missing: no 'node' on the PATH, so the modules of the page were not tested";
			if ("true".equals(System.getenv("CI"))) {
				fail(message, ex);
			}
			return Assumptions.abort(message);
		}
	}

}
