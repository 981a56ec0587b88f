package io.github.websocketresilience.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Starts the packaged sample as it was processed ahead of time. Runs in the build's
 * {@code integration-test} phase, when there is a jar.
 */
class PackagedSampleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	private Path output;

	private int port;

	private Process process;

	@BeforeEach
	void start() throws IOException {
		this.port = TestSocketUtils.findAvailableTcpPort();
		this.output = this.directory.resolve("output");
		this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dspring.aot.enabled=true", "-jar",
				System.getProperty("sample.jar"), "--server.port=" + this.port,
				"--demo.port=" + TestSocketUtils.findAvailableTcpPort())
			.redirectErrorStream(true)
			.redirectOutput(this.output.toFile())
			.start();
	}

	@AfterEach
	void stop() throws InterruptedException {
		this.process.destroyForcibly().waitFor();
	}

	@Test
	void connectionOpensAndListenersAreCalledAheadOfTime() throws Exception {
		awaitAnswer("/actuator/health", "\"state\":\"OPEN\"");
		awaitAnswer("/api/quote", "\"symbol\":\"ACME\"");
		awaitAnswer("/api/recipes", "\"name\":\"message-codes\"");
		assertThat(output()).contains("AOT-processed").contains("ClientNarrator     received Quote");
	}

	private void awaitAnswer(String path, String text) {
		await(path).atMost(PATIENCE).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
			assertThat(this.process.isAlive()).as(output()).isTrue();
			return get(path).contains(text);
		});
	}

	private String get(String path) throws IOException, InterruptedException {
		URI uri = URI.create("http://localhost:" + this.port + path);
		return this.http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
	}

	private String output() throws IOException {
		return Files.readString(this.output);
	}

}
