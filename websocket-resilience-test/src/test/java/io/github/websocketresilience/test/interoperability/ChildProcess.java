package io.github.websocketresilience.test.interoperability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * A program that prints JSON, a line for each event, and obeys commands on stdin. What it
 * prints besides is passed on.
 */
public class ChildProcess implements AutoCloseable {

	private static final JsonMapper json = new JsonMapper();

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final List<JsonNode> lines = new CopyOnWriteArrayList<>();

	private final Process process;

	private final PrintWriter commands;

	/**
	 * Start it.
	 * @param builder the program and its arguments
	 */
	public ChildProcess(ProcessBuilder builder) {
		try {
			this.process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.commands = new PrintWriter(this.process.outputWriter(StandardCharsets.UTF_8), true);
		Thread reader = new Thread(this::read, "child-output");
		reader.setDaemon(true);
		reader.start();
	}

	/**
	 * Give a command and wait until it is done.
	 * @param command one of those that the program knows
	 */
	public final void command(String command) {
		int before = lines("done").size();
		this.commands.println(command);
		awaitLines("done", before + 1);
	}

	/**
	 * Give a command that prints an event, and wait for that.
	 * @param command the name of the command and of the event
	 * @return what it printed
	 */
	public final JsonNode ask(String command) {
		int before = lines(command).size();
		command(command);
		return awaitLines(command, before + 1).get(before);
	}

	/**
	 * Return what it printed about an event.
	 * @param event the name of the event
	 * @return all lines so far
	 */
	public final List<JsonNode> lines(String event) {
		return this.lines.stream().filter((line) -> line.get("event").asString().equals(event)).toList();
	}

	/**
	 * Wait for an event.
	 * @param event the name of the event
	 * @param count how many times it must have been printed
	 * @return all lines so far
	 */
	public final List<JsonNode> awaitLines(String event, int count) {
		await("'%s' of the process".formatted(event)).atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(10))
			.until(() -> lines(event).size() >= count);
		return lines(event);
	}

	/**
	 * Forget what it printed, all but where it listens.
	 */
	public final void forget() {
		this.lines.retainAll(lines("listening"));
	}

	/**
	 * Let it stand still, as SIGSTOP does: its sockets stay, and nobody serves them.
	 */
	public final void suspend() {
		signal("STOP");
	}

	/**
	 * Wait until it stands still, by whoever's signal. Known on Linux only.
	 */
	public final void awaitSuspended() {
		await("the process stands still").atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::isSuspended);
	}

	/**
	 * Let it go on after a {@link #suspend()}.
	 */
	public final void resume() {
		signal("CONT");
	}

	/**
	 * Return which process it is.
	 * @return its number
	 */
	public final long pid() {
		return this.process.pid();
	}

	/**
	 * End the process at once, as {@code kill -9} does, and wait for its end.
	 */
	public final void kill() {
		this.process.destroyForcibly();
		await("end of the process").atMost(PATIENCE).until(() -> !this.process.isAlive());
	}

	@Override
	public final void close() {
		kill();
	}

	private void signal(String name) {
		try {
			// A builtin of every shell: the program of that name need not be installed.
			Process kill = new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(name, this.process.pid())).inheritIO()
				.start();
			await("signal").atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !kill.isAlive());
			if (kill.exitValue() != 0) {
				throw new IllegalStateException("No signal reached process " + this.process.pid());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isSuspended() throws IOException {
		String status = Files.readString(Path.of("/proc", Long.toString(pid()), "status"));
		return status.lines().anyMatch((line) -> line.startsWith("State:\tT"));
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8)) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				if (line.startsWith("{")) {
					this.lines.add(json.readTree(line));
				}
				else {
					System.out.println(line);
				}
			}
		}
		catch (IOException ex) {
			// The process was killed.
			this.lines.add(json.createObjectNode().put("event", "gone"));
		}
	}

}
