package io.github.websocketresilience.sample;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnections;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The running sample, as its page sees it.
 */
@TestComponent
class Sample {

	static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final List<String> STARTED = List.of("quotes", "alice", "bob");

	private final RestTestClient http;

	private final JsonMapper json;

	private final Environment environment;

	private final WebSocketConnections connections;

	Sample(RestTestClient http, JsonMapper json, Environment environment, WebSocketConnections connections) {
		this.http = http;
		this.json = json;
		this.environment = environment;
		this.connections = connections;
	}

	ResponseSpec exchange(HttpMethod method, String path) {
		return this.http.method(method).uri(path).exchange();
	}

	JsonNode get(String path) {
		return read(exchange(HttpMethod.GET, path).expectStatus().isOk());
	}

	/**
	 * Ask for a fault.
	 * @param fault its name and parameters
	 * @return the answer
	 */
	JsonNode fault(String fault) {
		return read(exchange(HttpMethod.POST, "/api/faults/" + fault).expectStatus().isOk());
	}

	void press(String button, String connection) {
		exchange(HttpMethod.POST, "/api/connections/" + connection + "/" + button).expectStatus().isAccepted();
	}

	ResponseSpec send(String connection, String body) {
		return this.http.post()
			.uri("/api/connections/" + connection + "/send")
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	JsonNode card(String connection) {
		return get("/api/connections").valueStream()
			.filter((it) -> it.path("name").asString().equals(connection))
			.findFirst()
			.orElseThrow();
	}

	void awaitState(String connection, ConnectionState state) {
		await(connection + " to be " + state).atMost(PATIENCE)
			.until(() -> this.connections.get(connection).state() == state);
	}

	/** Wait until all that begins to connect with the application is connected. */
	void awaitOpen() {
		STARTED.forEach((it) -> {
			if (this.connections.get(it).state() == ConnectionState.WAITING) {
				this.connections.get(it).reconnect();
			}
			awaitState(it, ConnectionState.OPEN);
		});
	}

	/**
	 * Return an address of the server to break.
	 * @param path the path and query
	 * @return the address
	 */
	String server(String path) {
		return "ws://localhost:" + this.environment.getProperty("demo.port") + path;
	}

	/**
	 * Return an address of the page's server.
	 * @param path the path and query
	 * @return the address
	 */
	String page(String path) {
		return "ws://localhost:" + this.environment.getProperty("local.server.port") + path;
	}

	JsonNode read(ResponseSpec response) {
		String body = response.expectBody(String.class).returnResult().getResponseBody();
		assertThat(body).isNotNull();
		return this.json.readTree(body);
	}

}
