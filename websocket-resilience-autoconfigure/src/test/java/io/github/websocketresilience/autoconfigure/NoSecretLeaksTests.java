package io.github.websocketresilience.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.health.WebSocketHealthContributor;
import io.github.websocketresilience.transport.ConnectProxy;
import io.github.websocketresilience.transport.RawServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A connection with a secret in every place that may hold one, to a server that does
 * everything wrong and repeats what it was sent: whatever can be read of it afterwards
 * holds no secret. Every secret begins with {@value #HUSH}.
 */
class NoSecretLeaksTests {

	private static final String HUSH = "hush";

	/** How many ways the server knows. */
	private static final int WAYS = 9;

	private static final Set<String> ENCODED = Set.of(HUSH, base64("hush-user:hush-password"),
			base64("client:" + TokenEndpoint.SECRET), base64("hush-proxy:hush-proxy"));

	private final TokenEndpoint endpoint = new TokenEndpoint();

	private final RawServer server = new RawServer(this::misbehave);

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final Set<String> threads = new ConcurrentSkipListSet<>();

	private final WebApplicationContextRunner runner = EndpointReader.runner("leaks")
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceEndpointAutoConfiguration.class, WebSocketResilienceEventsAutoConfiguration.class,
				WebSocketResilienceHealthContributorAutoConfiguration.class,
				WebSocketResilienceJacksonAutoConfiguration.class, WebSocketResilienceListenerAutoConfiguration.class,
				WebSocketResilienceLoggingAutoConfiguration.class, WebSocketResilienceMetricsAutoConfiguration.class,
				WebSocketResilienceObservationAutoConfiguration.class,
				WebSocketResilienceSecurityAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
				ObservationAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class))
		.withPropertyValues(properties())
		.withPropertyValues("management.endpoint.websockets.access=unrestricted")
		.withBean("observer", ConnectionObserver.class, () -> (event) -> this.told.add(event.toString()))
		.withBean("observations", Observations.class, Observations::new)
		.withBean("listener", ConnectionListener.class, Listener::new);

	@AfterEach
	void close() {
		this.server.close();
		this.endpoint.close();
	}

	@Test
	void nothingThatCanBeReadHoldsAToken() {
		this.endpoint.prefix("hush-token-");
		this.endpoint.refusing(true);
		WebApplicationContextRunner connected = this.runner.withPropertyValues(this.endpoint.registration("feed"))
			.withPropertyValues("resilient.websocket.oauth2.registration-id=feed");
		assertNothingLeaks(connected, () -> {
			await(() -> this.endpoint.requests() > 1);
			this.endpoint.refusing(false);
		});
		assertThat(lastServed().header("Authorization")).startsWith("Bearer hush-token-");
	}

	@Test
	void nothingThatCanBeReadHoldsAPassword() throws Exception {
		try (ConnectProxy proxy = new ConnectProxy()) {
			proxy.demand("Basic", "hush-proxy", "hush-proxy");
			assertNothingLeaks(this.runner.withPropertyValues("resilient.websocket.basic.username=hush-user",
					"resilient.websocket.basic.password=hush-password", "resilient.websocket.proxy.username=hush-proxy",
					"resilient.websocket.proxy.password=hush-proxy"), () -> {
					});
			assertThat(proxy.requests()).anyMatch((request) -> request.contains(base64("hush-proxy:hush-proxy")));
		}
		assertThat(lastServed().header("Authorization")).isEqualTo("Basic " + base64("hush-user:hush-password"));
	}

	@Test
	void withPayloadsNothingButTheyCanBeRead() {
		WebApplicationContextRunner connected = this.runner.withPropertyValues("resilient.websocket.log-payloads=1KB");
		try (CapturedLogs logs = new CapturedLogs()) {
			connected.run((context) -> live(context.getBean(WebSocketConnection.class)));
			List<CapturedLogs.Line> leaking = logs.lines()
				.stream()
				.filter((line) -> line.isOurs() && leaks(line.text()))
				.toList();
			assertThat(leaking).extracting(CapturedLogs.Line::logger)
				.containsOnly("io.github.websocketresilience.logging.payload");
			assertThat(leaking).extracting(CapturedLogs.Line::text)
				.allMatch((text) -> text.matches("(?s)DEBUG .*: (received|sending|sending request) \\(text, .*"))
				.anyMatch((text) -> text.contains("hush-payload"))
				.anyMatch((text) -> text.contains("hush-request"))
				.anyMatch((text) -> text.contains("hush-late"))
				.noneMatch((text) -> leaks(text.replaceAll("hush-(payload|request|late)", "")));
		}
	}

	private void assertNothingLeaks(WebApplicationContextRunner connected, Runnable first) {
		Set<String> others;
		try (CapturedLogs logs = new CapturedLogs()) {
			connected.run((context) -> {
				first.run();
				live(context.getBean(WebSocketConnection.class));
				inspect(context);
				openAnother(context.getBean(WebSocketConnections.class));
				readEndpoint(new EndpointReader(context, "leaks"));
			});
			assertThat(logs.lines()).anySatisfy((line) -> {
				assertThat(line.isOurs()).isTrue();
				assertThat(line.text()).contains("default: OPEN -> WAITING", "websocket.disconnect.kind=");
			});
			assertThat(logs.lines()).filteredOn(CapturedLogs.Line::isOurs)
				.filteredOn((line) -> leaks(line.text()))
				.isEmpty();
			others = others(logs);
		}
		LoggerFactory.getLogger(NoSecretLeaksTests.class).info("Loggers of others that show secrets: {}", others);
		assertThat(this.told).hasSizeGreaterThan(20).filteredOn(NoSecretLeaksTests::leaks).isEmpty();
		assertThat(this.told).contains("{websocket.connection=default}");
		assertThat(this.threads).isNotEmpty().filteredOn(NoSecretLeaksTests::leaks).isEmpty();
	}

	/**
	 * One life of a connection, through everything that the server does.
	 */
	private void live(WebSocketConnection connection) {
		await(() -> {
			Thread.getAllStackTraces().keySet().forEach((thread) -> this.threads.add(thread.getName()));
			return this.server.connections().size() >= WAYS && connection.state() == ConnectionState.OPEN;
		});
		RawServer.Connection last = lastServed();
		await(() -> last.texts().stream().anyMatch((text) -> text.startsWith("hush-heartbeat")));
		await(() -> last.texts().containsAll(List.of("hush-first", "hush-answer")));
		assertThat(last.requestLine()).contains("hush-url-query", "hush-query");
		assertThat(last.header("X-Key")).isEqualTo("hush-header");
		assertThat(last.header("Sec-WebSocket-Protocol")).isEqualTo("hush-protocol");
		fail(connection.request(Map.of("text", "hush-request")));
		connection.close().join();
		fail(connection.send("hush-late"));
		fail(connection.request(Map.of("text", "hush-request")));
		this.told.add(connection.toString());
		this.told.add(connection.settings().toString());
		this.told.add(connection.snapshot().toString());
	}

	private RawServer.Connection lastServed() {
		List<RawServer.Connection> served = this.server.connections();
		return served.get(served.size() - 1);
	}

	private void fail(CompletableFuture<?> future) {
		assertThat(future).failsWithin(Duration.ofSeconds(15))
			.withThrowableThat()
			.satisfies((failure) -> this.told.add(stackTrace(failure)));
	}

	private static String stackTrace(Throwable failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		return trace.toString();
	}

	private void inspect(ApplicationContext context) {
		JsonMapper json = JsonMapper.builder().build();
		context.getBean(WebSocketHealthContributor.class).stream().forEach((entry) -> {
			HealthIndicator indicator = (HealthIndicator) entry.contributor();
			this.told.add(entry.name() + json.writeValueAsString(indicator.health().getDetails()));
		});
		context.getBean(MeterRegistry.class)
			.getMeters()
			.forEach((meter) -> this.told.add(meter.getId() + " " + meter.getId().getDescription()));
		assertThat(this.told).anyMatch((text) -> text.contains("CLOSED"))
			.anyMatch((text) -> text.contains("websocket.client"))
			.anyMatch((text) -> text.contains("websocket.url"));
	}

	private void openAnother(WebSocketConnections connections) {
		connections.open("another",
				(settings) -> settings.url("ws://hush:hush@127.0.0.1:" + this.server.port() + "/?hush")
					.startup(new ConnectionSettings.Startup(false, false))
					.handshake(new ConnectionSettings.Handshake(Map.of("token", "hush"), Map.of("X-Key", "hush"),
							List.of("hush"), Duration.ofSeconds(1))));
	}

	private void readEndpoint(EndpointReader endpoint) throws Exception {
		List<String> answers = new ArrayList<>(List.of(endpoint.get("").body(),
				endpoint.invoke("connections").toString(), endpoint.post("/default", "hush").body()));
		assertThat(answers).allMatch((answer) -> answer.contains("another") || answer.contains("must be one of"));
		for (String name : List.of("default", "another")) {
			List<String> both = List.of(endpoint.get("/" + name).body(),
					endpoint.invoke("connection", name).toString());
			assertThat(both).allSatisfy((answer) -> assertThat(answer).contains("transitions", "headers.X-Key"));
			answers.addAll(both);
		}
		assertThat(answers).filteredOn((answer) -> answer.contains("redirects are not followed")).hasSize(2);
		this.told.addAll(answers);
	}

	/**
	 * Refuse in all ways, with what was sent in the answer; then drop, break the
	 * protocol, close; then behave.
	 */
	private void misbehave(RawServer.Connection connection) throws Exception {
		connection.readRequest();
		String echo = connection.requestLine() + " " + connection.header("Authorization") + " "
				+ connection.header("X-Key");
		switch (this.server.connections().indexOf(connection)) {
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
				connection.sendClose(4401, "renew " + connection.header("X-Key") + connection.header("Authorization"));
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

	private String[] properties() {
		String address = "127.0.0.1:" + this.server.port() + "/ws?key=hush-url-query";
		return Stream.of("urls[0]=ws://hush-one:hush-one@" + address, "urls[1]=ws://hush-two@" + address,
				"query.token=hush-query", "headers.X-Key=hush-header", "subprotocols=hush-protocol",
				"reconnect.delay=20ms", "reconnect.max-delay=20ms", "on-open.send=hush-first",
				"heartbeat.interval=50ms", "heartbeat.timeout=0", "heartbeat.message=hush-heartbeat {{sequence}}",
				"heartbeat.reply.text=hush-reply", "auto-replies[0].pattern=hush-question",
				"auto-replies[0].reply=hush-answer", "ignore=hush-ignored", "request.id=/id", "request.timeout=100ms")
			.map((property) -> "resilient.websocket." + property)
			.toArray(String[]::new);
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
			NoSecretLeaksTests.this.told.add(MDC.getCopyOfContextMap().toString());
			throw new IllegalStateException("listener failed");
		}

	}

	/**
	 * What a span shows: keys, and the error with its stack trace.
	 */
	private final class Observations implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			NoSecretLeaksTests.this.told.add(context.getName() + context.getAllKeyValues());
			Throwable error = context.getError();
			if (error != null) {
				NoSecretLeaksTests.this.told.add(stackTrace(error));
			}
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
