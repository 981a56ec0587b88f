package io.github.websocketresilience.sample.interoperability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * A Node program that serves a recipe. See {@code server.js} for what it prints and
 * obeys.
 */
final class NodeServer implements AutoCloseable {

	private static final JsonMapper json = new JsonMapper();

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

	private final Process process;

	private final PrintWriter commands;

	private NodeServer(Process process) {
		this.process = process;
		this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
		Thread reader = new Thread(this::read, "node-output");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Start a program and wait until it listens.
	 * @param program the name of its file
	 * @param port the port, or 0 for any
	 * @return the running server
	 */
	static NodeServer start(String program, int port) {
		NodeServer server = new NodeServer(launch(program, port));
		try {
			server.awaitLines("listening", 1);
			return server;
		}
		catch (RuntimeException ex) {
			server.kill();
			throw ex;
		}
	}

	private static Process launch(String program, int port) {
		try {
			return new ProcessBuilder("node", program, Integer.toString(port))
				.directory(NodeInstallation.directory().toFile())
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return lines("listening").get(0).get("port").asInt();
	}

	/**
	 * Give a command and wait until it is done.
	 * @param command one of those that {@code server.js} lists
	 */
	void command(String command) {
		int before = lines("done").size();
		this.commands.println(command);
		awaitLines("done", before + 1);
	}

	/**
	 * Return the texts that arrived, in order.
	 * @return all so far
	 */
	List<String> texts() {
		return lines("text").stream().map((line) -> line.get("text").asString()).toList();
	}

	List<JsonNode> lines(String event) {
		return this.lines.stream().filter((line) -> line.get("event").asString().equals(event)).toList();
	}

	List<JsonNode> awaitLines(String event, int count) {
		await("'%s' of the server".formatted(event)).atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> lines(event).size() >= count);
		return lines(event);
	}

	/**
	 * Forget what it printed, all but where it listens.
	 */
	void forget() {
		this.lines.retainAll(lines("listening"));
	}

	/**
	 * End the process at once, as {@code kill -9} does, and wait for its end.
	 */
	void kill() {
		this.process.destroyForcibly();
		await("end of the server").atMost(PATIENCE).until(() -> !this.process.isAlive());
	}

	@Override
	public void close() {
		kill();
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				this.lines.add(json.readTree(line));
			}
		}
		catch (IOException ex) {
			// The process was killed.
			this.lines.add(json.createObjectNode().put("event", "gone"));
		}
	}

}
