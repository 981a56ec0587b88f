package io.github.websocketresilience.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Credentials;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSettings.Security;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.health.WebSocketHealthContributor;
import io.github.websocketresilience.metrics.ConnectionMeterBinder;
import io.github.websocketresilience.transport.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two connections with a secret in every place that may hold one, to a server that does
 * everything wrong and repeats what it was sent: whatever can be read of them afterwards
 * holds no secret. Every secret begins with {@value #HUSH}.
 */
class NoSecretLeaksTests {

	private static final String HUSH = "hush";

	private static final Credentials BASIC = new Credentials("hush-user", "hush-password");

	private static final Set<String> ENCODED = Set.of(HUSH, base64("hush-user:hush-password"),
			base64("client:" + TokenEndpoint.SECRET), base64("hush-proxy:hush-proxy"));

	private final TokenEndpoint endpoint = new TokenEndpoint();

	private final RawServer server = new RawServer(this::misbehave);

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final Set<String> threads = new ConcurrentSkipListSet<>();

	private final StubConnections connections = new StubConnections();

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceEventsAutoConfiguration.class,
				WebSocketResilienceHealthContributorAutoConfiguration.class,
				WebSocketResilienceJacksonAutoConfiguration.class, WebSocketResilienceListenerAutoConfiguration.class,
				WebSocketResilienceLoggingAutoConfiguration.class, WebSocketResilienceMetricsAutoConfiguration.class,
				WebSocketResilienceSecurityAutoConfiguration.class, OAuth2ClientAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=ws://localhost", "resilient.websocket.auto-startup=false")
		.withPropertyValues(this.endpoint.registration("feed"))
		.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
		.withBean(WebSocketConnections.class, () -> this.connections)
		.withBean(WebSocketConnection.class, () -> new StubConnection("unused"))
		.withBean("observer", ConnectionObserver.class, () -> (event) -> this.told.add(event.toString()))
		.withBean("listener", ConnectionListener.class, Listener::new);

	@AfterEach
	void close() {
		this.server.close();
		this.endpoint.close();
	}

	@Test
	void nothingThatCanBeReadHoldsASecret() {
		this.endpoint.prefix("hush-token-");
		this.endpoint.refusing(true);
		Set<String> others;
		try (CapturedLogs logs = new CapturedLogs()) {
			this.runner.run((context) -> {
				for (ConnectionSettings settings : List.of(settings("default", oauth2()), settings("basic", basic()))) {
					this.connections.add(context.getBean(ConnectionFactory.class).connection(settings));
				}
				this.connections.forEach(this::live);
				inspect(context);
			});
			assertThat(logs.lines()).anySatisfy((line) -> {
				assertThat(line.isOurs()).isTrue();
				assertThat(line.text()).contains("default: OPEN -> WAITING");
			});
			assertThat(logs.lines()).filteredOn(CapturedLogs.Line::isOurs)
				.filteredOn((line) -> leaks(line.text()))
				.extracting(CapturedLogs.Line::logger)
				// Spring's client logs under the name of its subclass
				.isSubsetOf("io.github.websocketresilience.transport.HandshakeClient$DiscreetClient");
			others = others(logs);
		}
		LoggerFactory.getLogger(NoSecretLeaksTests.class).info("Loggers of others that show secrets: {}", others);
		assertThat(this.told).hasSizeGreaterThan(20).filteredOn(NoSecretLeaksTests::leaks).isEmpty();
		assertThat(this.threads).isNotEmpty().filteredOn(NoSecretLeaksTests::leaks).isEmpty();
	}

	/**
	 * One life of a connection, through everything that the server does.
	 */
	private void live(WebSocketConnection connection) {
		int before = this.server.connections().size();
		connection.start();
		if (connection.name().equals("default")) {
			await(() -> this.endpoint.requests() > 1);
			this.endpoint.refusing(false);
		}
		await(() -> {
			Thread.getAllStackTraces().keySet().forEach((thread) -> this.threads.add(thread.getName()));
			return this.server.connections().size() >= before + 9 && connection.state() == ConnectionState.OPEN;
		});
		List<RawServer.Connection> served = this.server.connections();
		RawServer.Connection last = served.get(served.size() - 1);
		await(() -> last.texts().stream().anyMatch((text) -> text.startsWith("hush-heartbeat")));
		assertThat(last.requestLine()).contains("hush-url-query", "hush-query");
		assertThat(last.header("X-Key")).isEqualTo("hush-header");
		assertThat(last.header("Sec-WebSocket-Protocol")).isEqualTo("hush-protocol");
		assertThat(last.texts()).contains("hush-first", "hush-answer");
		if (connection.name().equals("default")) {
			assertThat(last.header("Authorization")).startsWith("Bearer hush-token-");
		}
		fail(connection.request(Map.of("id", 1, "text", "hush-request")));
		connection.close().join();
		fail(connection.send("hush-late"));
		fail(connection.request(Map.of("text", "hush-request")));
		this.told.add(connection.toString());
		this.told.add(connection.settings().toString());
		this.told.add(connection.snapshot().toString());
	}

	private void fail(CompletableFuture<?> future) {
		assertThat(future).failsWithin(Duration.ofSeconds(15)).withThrowableThat().satisfies((failure) -> {
			StringWriter trace = new StringWriter();
			failure.printStackTrace(new PrintWriter(trace));
			this.told.add(trace.toString());
		});
	}

	private void inspect(ApplicationContext context) {
		JsonMapper json = JsonMapper.builder().build();
		context.getBean(WebSocketHealthContributor.class).stream().forEach((entry) -> {
			HealthIndicator indicator = (HealthIndicator) entry.contributor();
			this.told.add(entry.name() + json.writeValueAsString(indicator.health().getDetails()));
		});
		MeterRegistry registry = context.getBean(MeterRegistry.class);
		new ConnectionMeterBinder(this.connections).bindTo(registry);
		registry.getMeters().forEach((meter) -> this.told.add(meter.getId() + " " + meter.getId().getDescription()));
		assertThat(this.told).anyMatch((text) -> text.contains("CLOSED"))
			.anyMatch((text) -> text.contains("websocket.client"));
	}

	/**
	 * Refuse in all ways, with what was sent in the answer; then drop, break the
	 * protocol, close; then behave.
	 */
	private void misbehave(RawServer.Connection connection) throws Exception {
		connection.readRequest();
		String echo = connection.requestLine() + " " + connection.header("Authorization") + " "
				+ connection.header("X-Key");
		switch (this.server.connections().indexOf(connection) % 9) {
			case 0 -> connection.write("HTTP/1.1 401 " + echo + "\r\nWWW-Authenticate: Bearer error=\"" + echo
					+ "\"\r\nContent-Length: 0\r\n\r\n");
			case 1 -> connection.write("HTTP/1.1 503 " + echo + "\r\nX-Echo: " + echo + "\r\n\r\n");
			case 2 -> connection.write("HTTP/1.1 302 Found\r\nLocation: ws://hush@127.0.0.1/?" + HUSH + "\r\n\r\n");
			case 3 -> connection.write(echo + "\r\n\r\n");
			case 4 -> connection.acceptWith("hush");
			case 5 -> accept(connection);
			case 6 -> {
				accept(connection);
				connection.sendText("hush-payload");
				connection.write(new byte[] { (byte) 0xff, (byte) 0xff });
				connection.serve();
			}
			case 7 -> {
				accept(connection);
				connection.sendClose(4401, "renew");
				connection.serve();
			}
			default -> {
				accept(connection);
				connection.sendText("hush-question");
				connection.serve();
			}
		}
	}

	private static void accept(RawServer.Connection connection) throws Exception {
		connection.switchProtocols("Sec-WebSocket-Protocol: hush-protocol");
	}

	private ConnectionSettings settings(String name, Security security) {
		Duration soon = Duration.ofMillis(20);
		return ConnectionSettings.builder(name)
			.urls(List.of(address("hush-one:hush-one@"), address("hush-two@")))
			.security(security)
			.handshake(new Handshake(Map.of("token", "hush-query"), Map.of("X-Key", "hush-header"),
					List.of("hush-protocol"), Duration.ofSeconds(10)))
			.reconnect(new Reconnect(true, soon, 1, soon, 0, -1, Duration.ofSeconds(10), Set.of(), Set.of()))
			.onOpen(List.of("hush-first"))
			.heartbeat(new Heartbeat(Duration.ofMillis(50), Duration.ZERO, 1, "hush-heartbeat {{sequence}}",
					new Reply("hush-reply", null, null, Map.of()), Proof.ANY))
			.autoReplies(List.of(new AutoReply(Pattern.compile("hush-question"), "hush-answer")))
			.ignore(List.of(Pattern.compile("hush-ignored")))
			.request(new Request("/id", null, Duration.ofMillis(100), 10))
			.build();
	}

	private URI address(String userInfo) {
		return URI.create("ws://" + userInfo + "127.0.0.1:" + this.server.port() + "/ws?key=hush-url-query");
	}

	private static Security oauth2() {
		return new Security(null, null, "feed", new Credentials("hush-proxy", "hush-proxy"));
	}

	private static Security basic() {
		return new Security(null, BASIC, null, null);
	}

	/**
	 * What others say at TRACE is theirs; which loggers those are belongs into the
	 * documentation.
	 */
	private static Set<String> others(CapturedLogs logs) {
		return logs.lines()
			.stream()
			.filter((line) -> !line.isOurs() && leaks(line.text()))
			.map(CapturedLogs.Line::logger)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static boolean leaks(String text) {
		return ENCODED.stream().anyMatch(text::contains);
	}

	private static String base64(String text) {
		return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition);
	}

	/**
	 * Hears everything and fails, saying nothing of what it heard.
	 */
	private final class Listener implements ConnectionListener {

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			NoSecretLeaksTests.this.told.add(event.toString());
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			throw new IllegalStateException("listener failed");
		}

	}

}
