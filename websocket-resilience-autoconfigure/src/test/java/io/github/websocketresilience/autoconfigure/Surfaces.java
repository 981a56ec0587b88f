package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application with one connection, and all the ways in which it can be seen from
 * outside.
 */
final class Surfaces implements AutoCloseable, ConnectionListener {

	private static final Pattern CHANGE = Pattern.compile("default: (\\w+ -> \\w+).*");

	private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> messages = new CopyOnWriteArrayList<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.websocketresilience.logging");

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonMapper json = JsonMapper.shared();

	private final ConfigurableApplicationContext context;

	private final URI actuator;

	Surfaces(int port) {
		this.lines.list = new CopyOnWriteArrayList<>();
		this.lines.start();
		this.context = new SpringApplicationBuilder(Application.class)
			.initializers((it) -> it.getBeanFactory().registerSingleton("surfaces", this))
			.properties(properties(port))
			.run();
		// Not before: Boot configures the log anew
		this.logger.addAppender(this.lines);
		this.logger.setLevel(Level.DEBUG);
		int server = ((ServletWebServerApplicationContext) this.context).getWebServer().getPort();
		this.actuator = URI.create("http://127.0.0.1:" + server + "/actuator/");
		connection().start();
	}

	private static Map<String, Object> properties(int port) {
		return Map.ofEntries(Map.entry("server.port", 0), Map.entry("resilient.websocket.auto-startup", false),
				Map.entry("resilient.websocket.url", "ws://127.0.0.1:" + port + "/feed"),
				Map.entry("resilient.websocket.heartbeat.interval", "1s"),
				Map.entry("resilient.websocket.heartbeat.timeout", "1s"),
				Map.entry("resilient.websocket.reconnect.delay", "1s"),
				Map.entry("resilient.websocket.reconnect.multiplier", 1),
				Map.entry("resilient.websocket.reconnect.stop-on-http-statuses", 401),
				Map.entry("resilient.websocket.health.grace-period", "8s"),
				Map.entry("management.endpoint.health.show-details", "always"),
				Map.entry("management.endpoint.websockets.access", "unrestricted"),
				Map.entry("management.endpoints.web.exposure.include", "health,prometheus,websockets"));
	}

	WebSocketConnection connection() {
		return this.context.getBean(WebSocketConnection.class);
	}

	@Override
	public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
		this.events.add(event);
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		this.messages.add(((Message.Text) message).text());
	}

	/**
	 * Return the messages that a listener got.
	 */
	List<String> messages() {
		return this.messages;
	}

	/**
	 * Return the changes of state that a listener was told.
	 */
	List<String> changes() {
		return of(ConnectionEvent.StateChange.class).map((change) -> change.from() + " -> " + change.to()).toList();
	}

	/**
	 * Return the ends of attempts and sockets that a listener was told.
	 */
	List<ConnectionEvent.Disconnected> ends() {
		return of(ConnectionEvent.Disconnected.class).toList();
	}

	/**
	 * Return why sockets ended.
	 */
	List<Disconnect.Kind> disconnects() {
		return ends().stream()
			.filter(ConnectionEvent.Disconnected::opened)
			.map((end) -> end.disconnect().kind())
			.toList();
	}

	private <E> Stream<E> of(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast);
	}

	/**
	 * Return the log from INFO on, each line with its level.
	 */
	List<String> log() {
		return this.lines.list.stream()
			.filter((line) -> line.getLevel().isGreaterOrEqual(Level.INFO))
			.map((line) -> line.getLevel() + " " + line.getFormattedMessage())
			.toList();
	}

	/**
	 * Return the changes of state in the log, those at DEBUG included.
	 */
	List<String> loggedChanges() {
		return this.lines.list.stream()
			.map((line) -> CHANGE.matcher(line.getFormattedMessage()))
			.filter(Matcher::matches)
			.map((line) -> line.group(1))
			.toList();
	}

	/**
	 * Return the health component of the connection.
	 */
	Map<String, Object> health() {
		JsonNode component = get("health").at("/components/websocket/components/default");
		return Map.of("status", component.path("status").asString(), "details", component.path("details"));
	}

	String health(String detail) {
		return ((JsonNode) health().get("details")).path(detail).asString();
	}

	String endpointState() {
		return get("websockets/default").at("/snapshot/state").asString();
	}

	/**
	 * Return the changes of state that the endpoint remembers.
	 */
	List<String> endpointChanges() {
		return get("websockets/default").path("transitions")
			.valueStream()
			.map((change) -> change.path("from").asString() + " -> " + change.path("to").asString())
			.toList();
	}

	/**
	 * Return the gauges of states that are not zero.
	 */
	Map<String, Double> states() {
		Map<String, Double> result = new TreeMap<>();
		for (String state : List.of("idle", "connecting", "open", "waiting", "closing", "closed")) {
			result.put(state, metric("websocket_client_state_connections", "state=\"" + state + "\""));
		}
		result.values().removeIf((value) -> value == 0);
		return result;
	}

	double notOpenSeconds() {
		return metric("websocket_client_not_open_seconds");
	}

	/**
	 * Return the sum of the series of a metric that have some labels.
	 */
	double metric(String name, String... labels) {
		return text("prometheus").lines()
			.filter((line) -> line.startsWith(name + "{") && Arrays.stream(labels).allMatch(line::contains))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

	/**
	 * Ask the endpoint to do something.
	 */
	void act(String action) {
		HttpRequest request = HttpRequest.newBuilder(this.actuator.resolve("websockets/default"))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString("{\"action\":\"" + action + "\"}"))
			.build();
		this.json.readTree(send(request));
	}

	private JsonNode get(String path) {
		return this.json.readTree(text(path));
	}

	private String text(String path) {
		return send(HttpRequest.newBuilder(this.actuator.resolve(path)).build());
	}

	private String send(HttpRequest request) {
		try {
			return this.http.send(request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
		this.logger.detachAppender(this.lines);
		this.logger.setLevel(null);
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration(exclude = { ServletWebSecurityAutoConfiguration.class,
			ManagementWebSecurityAutoConfiguration.class, OAuth2ClientWebSecurityAutoConfiguration.class })
	static class Application {

	}

}
