package io.github.websocketresilience.test.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.interoperability.Footprint;
import io.github.websocketresilience.test.interoperability.LoadClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Many connections of one application, in a process of its own. Each sends numbers, one
 * whenever it has opened and, once told to talk, one each half second. The server can ask
 * it for a {@value #RECONNECT}.
 */
public final class CrowdClient implements ConnectionListener {

	static final String RECONNECT = "reconnect";

	private static final JsonMapper json = new JsonMapper();

	private static final long PERIOD_MILLIS = 500;

	private final ConcurrentMap<String, AtomicInteger> sent = new ConcurrentHashMap<>();

	private volatile boolean talking;

	private CrowdClient() {
	}

	/**
	 * Run until stdin ends.
	 * @param properties what is configured
	 * @throws IOException if stdin cannot be read
	 */
	public static void main(String[] properties) throws IOException {
		CrowdClient listener = new CrowdClient();
		ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
		try (LoadClient client = LoadClient.run(listener, properties)) {
			sender.scheduleWithFixedDelay(() -> listener.sendIfTalking(client.connections()), 0, PERIOD_MILLIS,
					TimeUnit.MILLISECONDS);
			print(Map.of("event", "ready"));
			BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String command = commands.readLine(); command != null; command = commands.readLine()) {
				listener.obey(List.of(command.split(" ")), client);
				print(Map.of("event", "done"));
			}
		}
		finally {
			sender.shutdownNow();
		}
	}

	@Override
	public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Opened) {
			send(connection);
		}
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		if (((Message.Text) message).text().equals(RECONNECT)) {
			connection.reconnect();
		}
	}

	private void talk() {
		this.talking = true;
	}

	private void sendIfTalking(WebSocketConnections connections) {
		if (this.talking) {
			connections.forEach(this::send);
		}
	}

	private void send(WebSocketConnection connection) {
		AtomicInteger number = this.sent.computeIfAbsent(connection.name(), (name) -> new AtomicInteger());
		synchronized (number) {
			if (connection.state() == ConnectionState.OPEN) {
				connection.send(Integer.toString(number.incrementAndGet()));
			}
		}
	}

	private void obey(List<String> command, LoadClient client) {
		String event = command.get(0);
		switch (event) {
			case "open" -> open(client.connections(), command);
			case "remove" -> remove(client.connections(), command.get(1));
			case "talk" -> talk();
			case "forget" -> client.forget();
			case "states" ->
				print(event, count(connections(client.connections()).map((connection) -> connection.state().name())));
			case "ends" -> print(event, count(client.events(ConnectionEvent.Disconnected.class)
				.map((disconnected) -> disconnected.disconnect().kind().name())));
			case "attempted" -> print(event, millis(client.events(ConnectionEvent.Attempted.class)));
			case "opened" -> print(event, millis(client.events(ConnectionEvent.Opened.class)));
			case "holdings" -> print(event, holdings());
			default -> throw new IllegalArgumentException(event);
		}
	}

	/**
	 * {@code open prefix count interval timeout url...}: the connections take the
	 * addresses in turn.
	 */
	private static void open(WebSocketConnections connections, List<String> command) {
		Heartbeat heartbeat = new Heartbeat(Duration.parse(command.get(3)), Duration.parse(command.get(4)), 1, null,
				Reply.DEFAULT, Proof.ANY);
		List<String> urls = command.subList(5, command.size());
		for (int i = 0; i < Integer.parseInt(command.get(2)); i++) {
			String name = command.get(1) + "-" + i;
			String url = urls.get(i % urls.size()) + name;
			connections.open(name, (settings) -> settings.url(url).heartbeat(heartbeat));
		}
	}

	private static void remove(WebSocketConnections connections, String prefix) {
		connections(connections).map(WebSocketConnection::name)
			.filter((name) -> name.startsWith(prefix))
			.toList()
			.stream()
			.map(connections::remove)
			.toList()
			.forEach((removal) -> removal.orTimeout(10, TimeUnit.SECONDS).join());
	}

	/**
	 * Threads first: objects of those that have ended meanwhile are not counted.
	 */
	private static Map<String, Object> holdings() {
		Footprint footprint = Footprint.now();
		Map<String, Long> instances = LiveInstances.count();
		return Map.of("threads", footprint.threadsByName(), "descriptors", footprint.descriptors(), "heap",
				footprint.heap(), "direct", footprint.direct(), "instances", instances);
	}

	private static Stream<WebSocketConnection> connections(WebSocketConnections connections) {
		return StreamSupport.stream(connections.spliterator(), false);
	}

	private static Map<String, Long> count(Stream<String> values) {
		return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
	}

	private static List<Long> millis(Stream<? extends ConnectionEvent> events) {
		return events.map((event) -> event.at().toEpochMilli()).toList();
	}

	private static void print(String event, Object content) {
		print(Map.of("event", event, "content", content));
	}

	private static void print(Map<String, ?> line) {
		System.out.println(json.writeValueAsString(line));
	}

}
