package io.github.websocketresilience.test.interoperability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Assumptions;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * The Node programs with their library, installed once a JVM into the build directory.
 */
public final class NodeInstallation {

	private static final Path SOURCE = Path.of("src/test/node");

	private static final Path TARGET = Path.of("target/node");

	private static boolean installed;

	private NodeInstallation() {
	}

	/**
	 * Return where the programs are.
	 * @return the directory to start them in
	 */
	public static synchronized Path directory() {
		if (!installed) {
			requireNode();
			install();
			installed = true;
		}
		return TARGET;
	}

	private static void requireNode() {
		try {
			run(Path.of("."), "node", "--version");
		}
		catch (IOException ex) {
			String message = "Node.js is missing: no 'node' on the PATH, so nothing was checked against servers that are not Java";
			if ("true".equals(System.getenv("CI"))) {
				fail(message, ex);
			}
			Assumptions.abort(message);
		}
	}

	private static void install() {
		try {
			FileSystemUtils.deleteRecursively(TARGET);
			FileSystemUtils.copyRecursively(SOURCE, TARGET);
			run(TARGET, "npm", "ci", "--prefer-offline");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(Path directory, String... command) throws IOException {
		Path output = Files.createTempFile("node", ".txt");
		Process process = new ProcessBuilder(command).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("'%s' ended", String.join(" ", command)).isTrue();
			assertThat(process.exitValue()).as(Files.readString(output, StandardCharsets.UTF_8)).isZero();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
		finally {
			process.destroyForcibly();
			Files.delete(output);
		}
	}

}
