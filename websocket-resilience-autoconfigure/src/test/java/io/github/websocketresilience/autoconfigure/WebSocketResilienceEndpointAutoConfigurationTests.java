package io.github.websocketresilience.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import javax.management.ReflectionException;

import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.actuate.endpoint.ConnectionHistory;
import io.github.websocketresilience.actuate.endpoint.WebSocketsEndpoint;
import io.github.websocketresilience.actuate.endpoint.WebSocketsEndpointWebExtension;
import io.github.websocketresilience.transport.RawServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WebSocketResilienceEndpointAutoConfiguration}: when there is an
 * endpoint, and what it answers over HTTP and JMX about connections to a real server.
 */
class WebSocketResilienceEndpointAutoConfigurationTests {

	private static final String UNRESTRICTED = "management.endpoint.websockets.access=unrestricted";

	private final RawServer server = new RawServer(WebSocketResilienceEndpointAutoConfigurationTests::serve);

	private final ApplicationContextRunner plain = new ApplicationContextRunner()
		.withInitializer(EndpointReader::convertAsApplicationsDo)
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceEndpointAutoConfiguration.class));

	private final ApplicationContextRunner withConnections = this.plain.withBean(WebSocketConnections.class,
			() -> new StubConnections(new StubConnection("default")));

	private final WebApplicationContextRunner served = EndpointReader.runner("endpoint")
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceEndpointAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=" + address() + "?token=hush",
				"resilient.websocket.headers.X-Key=hush", "resilient.websocket.reconnect.delay=20ms");

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.jmx.enabled=true", "management.endpoints.web.exposure.include=health",
			"management.endpoints.jmx.exposure.include=*" })
	void withoutExposureThereIsNoEndpointAndNoHistory(String property) {
		this.withConnections.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(WebSocketsEndpoint.class)
				.doesNotHaveBean(ConnectionObserver.class));
	}

	@Test
	void withoutAccessThereIsNoEndpointAndNoHistory() {
		this.withConnections
			.withPropertyValues("management.endpoints.web.exposure.include=*",
					"management.endpoint.websockets.access=none")
			.run((context) -> assertThat(context).doesNotHaveBean(WebSocketsEndpoint.class)
				.doesNotHaveBean(ConnectionObserver.class));
	}

	@Test
	void withoutConnectionsThereIsNoEndpoint() {
		this.plain.withPropertyValues("management.endpoints.web.exposure.include=*")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketsEndpoint.class));
	}

	@Test
	void exposedOverHttpThereIsAnEndpointWithItsExtension() {
		this.withConnections.withPropertyValues("management.endpoints.web.exposure.include=websockets")
			.run((context) -> assertThat(context).hasSingleBean(WebSocketsEndpoint.class)
				.hasSingleBean(WebSocketsEndpointWebExtension.class)
				.hasSingleBean(ConnectionHistory.class));
	}

	@Test
	void exposedOverJmxAloneThereIsNoExtension() {
		this.withConnections
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=websockets")
			.run((context) -> assertThat(context).hasSingleBean(WebSocketsEndpoint.class)
				.doesNotHaveBean(WebSocketsEndpointWebExtension.class));
	}

	@Test
	void itIsImported() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null))
			.contains(WebSocketResilienceEndpointAutoConfiguration.class.getName());
	}

	@Test
	void accessIsAPropertyThatIsReadOnlyByDefault() {
		JsonNode access = Metadata.read().property("management.endpoint.websockets.access");
		assertThat(Metadata.text(access, "type")).isEqualTo(Access.class.getName());
		assertThat(Metadata.text(access, "defaultValue")).isEqualTo("read_only");
	}

	@Test
	void allConnectionsAreListedInShort() {
		served((endpoint, connections) -> {
			connections.open("orders", (settings) -> settings.url(address()));
			await(connections.get("orders"), ConnectionState.OPEN);
			JsonNode all = json(endpoint.get("").body()).path("connections");
			assertThat(all.propertyNames()).containsExactly("default", "orders");
			assertThat(all.path("default").path("state").asString()).isEqualTo("OPEN");
			assertThat(all.path("default").path("url").asString()).isEqualTo(address());
			assertThat(all.path("default").path("received").asInt()).isEqualTo(1);
			assertThat(all.path("default").has("group")).isFalse();
			assertThat(all.path("orders").path("group").asString()).isEqualTo("dynamic");
			connections.remove("orders").join();
			assertThat(endpoint.get("").body()).doesNotContain("orders");
		});
	}

	@Test
	void aConnectionIsToldWithSnapshotSettingsAndTransitions() {
		served((endpoint, connections) -> {
			JsonNode one = json(endpoint.get("/default").body());
			assertThat(one.path("snapshot").propertyNames()).isSubsetOf(componentsOfASnapshot())
				.contains("state", "since", "attempt", "url", "queue", "log", "sent", "received", "listening");
			assertThat(one.path("snapshot").path("since").asString()).endsWith("Z");
			assertThat(one.path("snapshot").path("listening").path("time").asString()).startsWith("PT");
			assertThat(one.path("settings").path("heartbeat.interval").asString()).isEqualTo("25s");
			assertThat(one.path("settings").path("headers.X-Key").asString()).isEqualTo("******");
			JsonNode transitions = one.path("transitions");
			assertThat(transitions).hasSize(2);
			assertThat(transitions.path(0).path("from").asString()).isEqualTo("IDLE");
			assertThat(transitions.path(1).path("to").asString()).isEqualTo("OPEN");
			assertThat(transitions.path(1).path("lasted").asString()).startsWith("PT");
		});
	}

	@Test
	void historySaysWhyAndForHowLong() {
		served((endpoint, connections) -> {
			this.server.connections().get(0).sendClose(1012, "hush");
			await(() -> endpoint.get("/default").body().contains("WAITING"));
			JsonNode transitions = json(endpoint.get("/default").body()).path("transitions");
			assertThat(transitions.path(2).path("to").asString()).isEqualTo("WAITING");
			assertThat(transitions.path(2).path("cause").asString()).startsWith("closed by peer with ")
				.doesNotContain("hush");
		});
	}

	@Test
	void unknownNameIsNotFound() {
		served((endpoint, connections) -> {
			assertThat(endpoint.get("/other").statusCode()).isEqualTo(404);
			assertThat(endpoint.invoke("connection", "other")).isNull();
		});
	}

	@Test
	void connectionsCanOnlyBeReadByDefault() {
		served((endpoint, connections) -> {
			assertThat(endpoint.post("/default", "pause").statusCode()).isEqualTo(405);
			assertThat(endpoint.operations()).containsExactlyInAnyOrder("connections", "connection");
			assertThat(connections.get("default").state()).isEqualTo(ConnectionState.OPEN);
		});
	}

	@Test
	void withAccessConnectionsArePausedResumedAndReconnected() {
		served((endpoint, connections) -> {
			WebSocketConnection connection = connections.get("default");
			assertThat(endpoint.post("/default", "pause").body())
				.isEqualTo("{\"name\":\"default\",\"action\":\"pause\",\"stateBefore\":\"OPEN\"}");
			await(connection, ConnectionState.CLOSED);
			assertThat(endpoint.post("/default", "reconnect").body()).contains("\"nothingToDo\":\"a connection that");
			assertThat(endpoint.post("/default", "RESUME").statusCode()).isEqualTo(200);
			await(connection, ConnectionState.OPEN);
			assertThat(endpoint.post("/default", "reconnect").statusCode()).isEqualTo(200);
			await(() -> this.server.connections().size() == 3);
			await(connection, ConnectionState.OPEN);
			await(() -> json(endpoint.get("/default").body()).path("transitions")
				.findValuesAsString("cause")
				.equals(List.of("close requested", "closed on request", "reconnect requested")));
		}, UNRESTRICTED);
	}

	@Test
	void badRequestsAreTold() {
		served((endpoint, connections) -> {
			for (String action : new String[] { "stop", "" }) {
				assertThat(endpoint.post("/default", action).statusCode()).isEqualTo(400);
				assertThat(json(endpoint.post("/default", action).body()).path("message").asString())
					.isEqualTo("'action' must be one of 'reconnect', 'pause', 'resume'");
			}
			assertThat(endpoint.post("/other", "pause").statusCode()).isEqualTo(404);
		}, UNRESTRICTED);
	}

	@Test
	void jmxAnswersInPlainMapsListsAndValues() {
		served((endpoint, connections) -> {
			Map<?, ?> all = (Map<?, ?>) endpoint.invoke("connections");
			Map<?, ?> one = (Map<?, ?>) endpoint.invoke("connection", "default");
			assertPlain(all);
			assertPlain(one);
			assertThat(all.toString()).contains("state=OPEN").doesNotContain("hush");
			assertThat((Collection<?>) one.get("transitions")).hasSize(2);
			assertThat(((Map<?, ?>) one.get("settings")).get("headers.X-Key")).isEqualTo("******");
			assertThat(((Map<?, ?>) one.get("snapshot")).keySet().stream().map(Object::toString).toList())
				.containsAll(componentsOfASnapshot());
		});
	}

	@Test
	void jmxChangesConnectionsAndRefusesWhatItDoesNotKnow() {
		served((endpoint, connections) -> {
			Map<?, ?> answer = (Map<?, ?>) endpoint.invoke("change", "default", "pause");
			assertPlain(answer);
			assertThat(answer.get("stateBefore")).isEqualTo("OPEN");
			await(connections.get("default"), ConnectionState.CLOSED);
			assertThatExceptionOfType(ReflectionException.class)
				.isThrownBy(() -> endpoint.invoke("change", "default", "stop"))
				.withMessageContaining("'reconnect', 'pause', 'resume'");
			assertThatExceptionOfType(ReflectionException.class)
				.isThrownBy(() -> endpoint.invoke("change", "other", "pause"))
				.withMessageContaining("no WebSocket connection");
		}, UNRESTRICTED);
	}

	private static void assertPlain(Object value) {
		if (value instanceof Map<?, ?> map) {
			map.forEach((key, element) -> {
				assertThat(key).isInstanceOf(String.class);
				assertPlain(element);
			});
		}
		else if (value instanceof Collection<?> elements) {
			elements.forEach(WebSocketResilienceEndpointAutoConfigurationTests::assertPlain);
		}
		else if (value != null) {
			assertThat(value).isInstanceOfAny(String.class, Boolean.class, Integer.class, Long.class, Double.class);
		}
	}

	private static Collection<String> componentsOfASnapshot() {
		return Arrays.stream(ConnectionSnapshot.class.getRecordComponents()).map(RecordComponent::getName).toList();
	}

	private void served(Story story, String... properties) {
		this.served.withPropertyValues(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			WebSocketConnections connections = context.getBean(WebSocketConnections.class);
			ConnectionHistory history = context.getBean(ConnectionHistory.class);
			await(() -> connections.get("default").snapshot().received().messages() == 1
					&& history.of("default").size() == 2);
			story.tell(new EndpointReader(context, "endpoint"), connections);
		});
	}

	private static void await(WebSocketConnection connection, ConnectionState state) {
		await(() -> connection.state() == state);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
	}

	private String address() {
		return this.server.uri().toString();
	}

	private static JsonNode json(String text) {
		return JsonMapper.shared().readTree(text);
	}

	private static void serve(RawServer.Connection connection) throws Exception {
		connection.accept();
		connection.sendText("welcome");
		connection.serve();
	}

	private interface Story {

		void tell(EndpointReader endpoint, WebSocketConnections connections) throws Exception;

	}

}
