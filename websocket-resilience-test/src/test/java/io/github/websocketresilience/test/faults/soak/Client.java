package io.github.websocketresilience.test.faults.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.interoperability.ChildProcess;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * The application under test, in a process of its own: sends numbered messages on all of
 * its connections, checks what it is told, and obeys commands on stdin.
 */
public final class Client implements ConnectionListener, ConnectionObserver {

	private static final JsonMapper json = new JsonMapper();

	private static final long PERIOD_MILLIS = 100;

	/** On a machine that has other work. */
	private static final Duration STARTUP = Duration.ofMinutes(2);

	private final Map<String, Inbox> inboxes = new ConcurrentHashMap<>();

	private final Map<String, Witness> witnesses = new ConcurrentHashMap<>();

	private final Map<String, Outbox> outboxes = new TreeMap<>();

	private volatile boolean sending = true;

	private Client() {
	}

	/**
	 * Run until told to end.
	 * @param arguments the file of properties, the file of the log
	 * @throws IOException if stdin cannot be read
	 */
	public static void main(String[] arguments) throws IOException {
		Client client = new Client();
		ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
		try (ConfigurableApplicationContext context = client.run(arguments[0], arguments[1])) {
			context.getBean(WebSocketConnections.class)
				.forEach((connection) -> client.outboxes.put(connection.name(), new Outbox(connection)));
			sender.scheduleWithFixedDelay(client::send, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
			print(Map.of("event", "running"));
			client.obey(context.getBean(WebSocketConnections.class));
		}
		finally {
			sender.shutdownNow();
		}
		print(Map.of("event", "ended"));
	}

	/**
	 * Start it with a small heap.
	 * @param properties the file of properties
	 * @param log the file of the log
	 * @return the process
	 */
	static ChildProcess start(Path properties, Path log) {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		ChildProcess process = new ChildProcess(new ProcessBuilder(
				ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-XX:+ExitOnOutOfMemoryError",
				"-cp", path, Client.class.getName(), properties.toString(), log.toString()));
		try {
			await("start").atMost(STARTUP).until(() -> !process.lines("running").isEmpty());
			return process;
		}
		catch (RuntimeException ex) {
			process.kill();
			throw ex;
		}
	}

	private ConfigurableApplicationContext run(String properties, String log) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.initializers((context) -> register((GenericApplicationContext) context))
			.run("--spring.config.location=file:" + properties, "--logging.file.name=" + log,
					"--logging.threshold.console=off");
	}

	private void register(GenericApplicationContext context) {
		context.registerBean("listener", ConnectionListener.class, () -> this);
	}

	private void send() {
		if (this.sending) {
			this.outboxes.values().forEach(Outbox::send);
		}
	}

	private void obey(WebSocketConnections connections) throws IOException {
		BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		boolean ended = false;
		for (String line = commands.readLine(); line != null && !ended; line = ended ? null : commands.readLine()) {
			ended = line.equals("end");
			String[] words = line.split(" ");
			if (words.length == 1) {
				obey(line);
			}
			else {
				obey(line, words, connections.get(words[1]));
			}
			print(Map.of("event", "done"));
		}
	}

	private void obey(String command) {
		switch (command) {
			case "rest", "end" -> rest();
			case "usage" -> print(command, Usage.now().asMap());
			case "pending" ->
				print(command, Map.of("count", this.outboxes.values().stream().mapToInt(Outbox::pending).sum()));
			case "states" -> print(command, Map.of("states", states()));
			default -> throw new IllegalArgumentException(command);
		}
	}

	private void obey(String line, String[] words, WebSocketConnection connection) {
		switch (words[0]) {
			case "close" -> close(connection);
			case "start" -> {
				witness(connection).starting();
				connection.start();
			}
			case "reconnect" -> connection.reconnect();
			case "block" -> inbox(connection).block(Long.parseLong(words[2]));
			case "throw" -> inbox(connection).fail(Integer.parseInt(words[2]));
			case "burst" ->
				this.outboxes.get(connection.name()).burst(Integer.parseInt(words[2]), Integer.parseInt(words[3]));
			case "ledger" -> print(line, ledger(connection));
			default -> throw new IllegalArgumentException(line);
		}
	}

	private void rest() {
		this.sending = false;
	}

	private void close(WebSocketConnection connection) {
		Witness witness = witness(connection);
		int close = witness.closing();
		connection.close().thenRun(() -> witness.closed(close));
	}

	private Map<String, Object> ledger(WebSocketConnection connection) {
		Map<String, Object> ledger = new LinkedHashMap<>(this.outboxes.get(connection.name()).report());
		ledger.putAll(inbox(connection).report());
		ledger.putAll(witness(connection).report());
		return ledger;
	}

	private List<String> states() {
		return this.witnesses.values().stream().map((witness) -> witness.state().name()).toList();
	}

	private Inbox inbox(WebSocketConnection connection) {
		return this.inboxes.computeIfAbsent(connection.name(), (name) -> new Inbox());
	}

	private Witness witness(WebSocketConnection connection) {
		return this.witnesses.computeIfAbsent(connection.name(), (name) -> new Witness());
	}

	@Override
	public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
		inbox(connection).onEvent(event);
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		inbox(connection).onMessage(message);
	}

	@Override
	public void onEvent(ConnectionEvent event) {
		this.witnesses.computeIfAbsent(event.connection(), (name) -> new Witness()).onEvent(event);
	}

	private static void print(String event, Map<String, Object> values) {
		Map<String, Object> line = new LinkedHashMap<>(values);
		line.put("event", event);
		print(line);
	}

	private static void print(Map<String, ?> line) {
		System.out.println(json.writeValueAsString(line));
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
