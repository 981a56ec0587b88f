package io.github.websocketresilience.test.interoperability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of {@code load.js} in a process of its own, whose listener blocks when told
 * to: {@code block}, {@code unblock}, and {@code report}, which prints what it knows.
 */
public final class BlockingClient implements ConnectionListener {

	private static final JsonMapper json = new JsonMapper();

	private final NumberedMessages messages = new NumberedMessages();

	private volatile boolean blocked;

	private BlockingClient() {
	}

	/**
	 * Run until stdin ends.
	 * @param arguments the address, then properties
	 * @throws IOException if stdin cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		BlockingClient listener = new BlockingClient();
		String[] properties = List.of(arguments).subList(1, arguments.length).toArray(String[]::new);
		try (LoadClient client = LoadClient.open(arguments[0], listener, properties)) {
			print(Map.of("event", "open"));
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String command = commands.readLine(); command != null; command = commands.readLine()) {
				listener.obey(command, client);
				print(Map.of("event", "done"));
			}
			listener.block(false);
		}
	}

	/**
	 * Start it with a small heap.
	 * @param url the address
	 * @param properties what is configured besides
	 * @return the process, its connection open
	 */
	static ChildProcess start(String url, String... properties) {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m",
				"-XX:+ExitOnOutOfMemoryError", "-cp", path, BlockingClient.class.getName(), url);
		builder.command().addAll(List.of(properties));
		ChildProcess process = new ChildProcess(builder);
		process.awaitLines("open", 1);
		return process;
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		while (this.blocked) {
			LockSupport.parkNanos(10_000_000);
		}
		this.messages.add(message);
	}

	private void obey(String command, LoadClient client) {
		switch (command) {
			case "block" -> block(true);
			case "unblock" -> block(false);
			case "report" -> print(report(client));
			default -> throw new IllegalArgumentException(command);
		}
	}

	private void block(boolean blocked) {
		this.blocked = blocked;
	}

	private Map<String, Object> report(LoadClient client) {
		System.gc();
		ConnectionSnapshot snapshot = client.connection().snapshot();
		return Map.of("event", "report", "state", snapshot.state(), "attempt", snapshot.attempt(), "paused",
				snapshot.readingPaused(), "waiting", snapshot.log().messages(), "discarded",
				snapshot.discarded().messages(), "messages", this.messages.counts(), "faults", this.messages.faults(),
				"disconnects", disconnects(client), "heap",
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024);
	}

	private static List<Map<String, Object>> disconnects(LoadClient client) {
		return client.events(ConnectionEvent.Disconnected.class)
			.map(ConnectionEvent.Disconnected::disconnect)
			.map((it) -> Map.<String, Object>of("kind", it.kind(), "pausedFor", it.pausedFor().toMillis(), "openFor",
					it.openFor().toMillis()))
			.toList();
	}

	private static void print(Map<String, ?> line) {
		System.out.println(json.writeValueAsString(line));
	}

}
