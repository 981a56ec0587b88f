package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application in a JVM of its own that ends by itself.
 */
final class ChildApplication {

	private static final long PATIENCE = 60;

	private final Path output;

	private final List<String> command = new ArrayList<>();

	/**
	 * Prepare a JVM that starts quickly.
	 * @param output where its output goes
	 * @param options options of the JVM
	 */
	ChildApplication(Path output, String... options) {
		this.output = output;
		this.command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
		this.command.addAll(List.of(options));
	}

	/**
	 * Return the class path of the tests.
	 */
	static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	/**
	 * Run an application to its end, which must be a good one.
	 * @param classPath its class path
	 * @param main its main class
	 * @param arguments its arguments
	 * @return the lines that it has written
	 */
	List<String> run(String classPath, Class<?> main, String... arguments) throws IOException, InterruptedException {
		this.command.addAll(List.of("-cp", classPath, main.getName()));
		this.command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(this.command).redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
		try {
			assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).as("it ended").isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.exitValue()).as(Files.readString(this.output)).isZero();
		return Files.readAllLines(this.output);
	}

}
