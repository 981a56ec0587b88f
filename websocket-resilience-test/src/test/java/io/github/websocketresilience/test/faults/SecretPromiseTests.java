package io.github.websocketresilience.test.faults;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.actuate.endpoint.WebSocketsEndpoint;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A secret in every place that may hold one, a server that repeats them where it can, and
 * whatever an application shows of it afterwards. Each secret begins with {@value #HUSH}.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SecretPromiseTests {

	private static final String HUSH = "hush";

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void secretsAppearNowhere() {
		misbehave();
		HandshakeCustomizer token = (request) -> {
			request.header("X-Token", "hush-token").firstMessage("hush-login");
			return null;
		};
		List<String> shown = new ArrayList<>();
		try (CapturedLog log = new CapturedLog(Level.TRACE);
				StarterApplication application = StarterApplication.start(token, properties())) {
			application.assertReconnected(this.server, 7);
			assertThatSecretsWereSent(this.server.connection(7));
			application.connection().close().join();
			application.await(ConnectionEvent.Closed.class, 1);
			assertThat(application.events(Disconnected.class)).extracting((end) -> end.disconnect().kind())
				.startsWith(Kind.UPGRADE_REFUSED, Kind.UPGRADE_REFUSED, Kind.HANDSHAKE_INVALID);
			shown.addAll(show(application));
			shown.addAll(log.everything());
		}
		assertThat(shown).hasSizeGreaterThan(50)
			.filteredOn((text) -> text.contains(HUSH) || text.contains(base64("hush-user:hush-password")))
			.isEmpty();
	}

	private void misbehave() {
		this.server.attempt(1).refuse(401, Map.of("WWW-Authenticate", List.of("Bearer error=\"hush-token\"")));
		this.server.attempt(2).redirect(URI.create("ws://hush-user@127.0.0.1/?token=hush-query"));
		this.server.attempt(3).acceptWithWrongKey();
		this.server.attempt(4).sendText("hush-payload").sendInvalidUtf8();
		this.server.attempt(5).thenAfter(Duration.ofMillis(200)).close(4401, "bad token hush-token");
		this.server.attempt(6).dropWithReset();
		this.server.attempt(7).sendText("hush-question");
	}

	private static void assertThatSecretsWereSent(ServerConnection connection) {
		connection.awaitText("hush-answer", StarterApplication.PATIENCE)
			.awaitText("hush-heartbeat 2", StarterApplication.PATIENCE);
		assertThat(connection.texts()).startsWith("hush-login", "hush-subscription");
		assertThat(connection.request().target()).contains("hush-url", "hush-query");
		assertThat(connection.request().header("Authorization"))
			.isEqualTo("Basic " + base64("hush-user:hush-password"));
		assertThat(connection.request().header("X-Key")).isEqualTo("hush-header");
		assertThat(connection.request().header("X-Token")).isEqualTo("hush-token");
	}

	/**
	 * Events, health, metrics, the endpoint, and what can be asked of a connection.
	 */
	private static List<String> show(StarterApplication application) {
		List<String> shown = new ArrayList<>();
		application.events(ConnectionEvent.class).forEach((event) -> shown.add(event.toString()));
		shown.add(Surfaces.health(application, "default").getDetails().toString());
		application.bean(MeterRegistry.class).getMeters().forEach((meter) -> shown.add(meter.getId().toString()));
		WebSocketsEndpoint endpoint = application.bean(WebSocketsEndpoint.class);
		shown.add(endpoint.connections().toString());
		shown.add(String.valueOf(endpoint.connection("default")));
		shown.add(application.connection().toString());
		shown.add(application.connection().settings().toString());
		shown.add(application.connection().snapshot().toString());
		return shown;
	}

	private String[] properties() {
		String address = "127.0.0.1:" + this.server.port() + "/feed?key=hush-url";
		return new String[] { "url=ws://hush-name:hush-pass@" + address, "query.token=hush-query",
				"headers.X-Key=hush-header", "basic.username=hush-user", "basic.password=hush-password",
				"on-open.send=hush-subscription", "heartbeat.interval=50ms", "heartbeat.timeout=0",
				"heartbeat.message=hush-heartbeat {{sequence}}", "auto-replies[0].pattern=hush-question",
				"auto-replies[0].reply=hush-answer", "reconnect.delay=10ms", "reconnect.max-delay=10ms",
				"management.endpoints.web.exposure.include=*", "management.endpoints.jmx.exposure.include=*" };
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

}
