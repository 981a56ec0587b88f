package io.github.websocketresilience.test.faults;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.interoperability.ChildProcess;
import io.github.websocketresilience.test.interoperability.LoadClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of {@code faults.js} in a process of its own, which can be stopped and put on
 * another machine. Sends numbers while it is open, each when the one before has left, and
 * prints its events and messages.
 */
public final class FaultClient implements ConnectionListener {

	private static final JsonMapper json = new JsonMapper();

	private static final long PERIOD_MILLIS = 100;

	private int sent;

	private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

	private FaultClient() {
	}

	/**
	 * Run until stdin ends.
	 * @param arguments the address, then properties
	 * @throws Exception if stdin cannot be read
	 */
	public static void main(String[] arguments) throws Exception {
		FaultClient listener = new FaultClient();
		List<String> properties = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
		// On a busy machine a new JVM's first attempt may be late.
		properties.add("fail-fast=false");
		ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
		try (LoadClient client = LoadClient.open(arguments[0], listener, properties.toArray(String[]::new))) {
			WebSocketConnection connection = client.connection();
			sender.scheduleWithFixedDelay(() -> listener.send(connection), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
			System.in.transferTo(System.err);
		}
		finally {
			sender.shutdownNow();
		}
	}

	/**
	 * Start it.
	 * @param prefix the words that start a program elsewhere
	 * @param options more of the JVM's
	 * @param url the address
	 * @param properties what is configured besides
	 * @return the process, its connection open
	 */
	static ChildProcess start(List<String> prefix, List<String> options, String url, String... properties) {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-XX:+UseSerialGC",
				"-XX:TieredStopAtLevel=1"));
		command.addAll(options);
		command.addAll(List.of("-cp", path, FaultClient.class.getName(), url));
		command.addAll(List.of(properties));
		ChildProcess process = new ChildProcess(new ProcessBuilder(command));
		try {
			process.awaitLines("Opened", 1);
			return process;
		}
		catch (RuntimeException ex) {
			process.kill();
			throw ex;
		}
	}

	@Override
	public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("event", event.getClass().getSimpleName());
		line.put("at", event.at().toEpochMilli());
		line.put("attempt", event.attempt());
		if (event instanceof ConnectionEvent.Disconnected disconnected) {
			line.put("kind", disconnected.disconnect().kind());
		}
		print(line);
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		print(Map.of("event", "message", "text", ((Message.Text) message).text()));
	}

	private void send(WebSocketConnection connection) {
		if (connection.state() == ConnectionState.OPEN && this.last.isDone()) {
			this.last = connection.send(Integer.toString(++this.sent));
		}
	}

	private static void print(Map<String, ?> line) {
		System.out.println(json.writeValueAsString(line));
	}

}
