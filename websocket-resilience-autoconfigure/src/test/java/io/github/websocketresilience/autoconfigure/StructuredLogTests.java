package io.github.websocketresilience.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.transport.RawServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs an application whose log is JSON, in each of Spring Boot's formats: the fields of
 * our lines are there, and no line is lost to a name that it has twice.
 */
class StructuredLogTests {

	private static final String FORGED = "bye\n{\"message\":\"forged\"}";

	private final RawServer server = new RawServer(this::serve);

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ecs", "logstash", "gelf" })
	void linesHaveFields(String format) throws Exception {
		List<JsonNode> lines = run(format);
		JsonNode opened = line(lines, format, "default: CONNECTING -> OPEN (in ");
		assertFields(opened, format, Map.of("connection", "default", "event", "opened", "attempt", 1, "state.from",
				"connecting", "state.to", "open"));
		assertThat(field(opened, format, "connect_ms").isIntegralNumber()).isTrue();
		JsonNode ended = line(lines, format, "default: OPEN -> WAITING (closed by peer with 4000 \"bye\\u000a{");
		assertFields(ended, format,
				Map.of("connection", "default", "event", "retry_scheduled", "disconnect.kind", "peer_closed",
						"disconnect.initiator", "peer", "close.code", 4000, "close.reason",
						"bye\\u000a{\"message\":\"forged\"}", "delay_ms", 200));
		assertFields(line(lines, format, "Somebody says something"), format, Map.of("connection", "default"));
		assertFields(line(lines, format, "default: received (text, 5 bytes): hello"), format, Map.of("connection",
				"default", "event", "message_received", "message.type", "text", "message.bytes", 5));
		assertFields(line(lines, format, "default: sending (text, 14 bytes): hello yourself"), format,
				Map.of("connection", "default", "event", "message_sending"));
		line(lines, format, "default: CLOSING -> CLOSED");
	}

	private List<JsonNode> run(String format) throws Exception {
		List<String> output = new ChildApplication(this.directory.resolve("output")).run(ChildApplication.classPath(),
				StructuredLogApplication.class, "--resilient.websocket.url=" + this.server.uri(),
				"--resilient.websocket.reconnect.delay=200ms", "--resilient.websocket.reconnect.jitter=0",
				"--resilient.websocket.log-payloads=1KB", "--logging.structured.format.console=" + format,
				"--logging.level.io.github.websocketresilience.logging.payload=debug", "--spring.main.banner-mode=off");
		JsonMapper json = JsonMapper.builder().build();
		return output.stream().filter((line) -> line.startsWith("{")).map(json::readTree).toList();
	}

	private void serve(RawServer.Connection connection) throws IOException {
		connection.accept();
		if (this.server.connections().indexOf(connection) == 0) {
			connection.sendText("hello");
			connection.readFrame();
			connection.sendClose(4000, FORGED);
		}
		connection.serve();
	}

	private static JsonNode line(List<JsonNode> lines, String format, String begin) {
		String name = format.equals("gelf") ? "short_message" : "message";
		List<JsonNode> found = lines.stream().filter((line) -> line.path(name).asString().startsWith(begin)).toList();
		assertThat(found).as(begin).isNotEmpty();
		return found.get(0);
	}

	private static void assertFields(JsonNode line, String format, Map<String, Object> fields) {
		fields.forEach((name, value) -> {
			JsonNode field = field(line, format, name);
			assertThat(field.isNumber()).isEqualTo(value instanceof Number);
			assertThat(field.asString()).as(name).isEqualTo(value.toString());
		});
	}

	private static JsonNode field(JsonNode line, String format, String name) {
		return switch (format) {
			case "ecs" -> line.at("/websocket/" + name.replace('.', '/'));
			case "gelf" -> line.path("_websocket." + name);
			default -> line.path("websocket." + name);
		};
	}

}
