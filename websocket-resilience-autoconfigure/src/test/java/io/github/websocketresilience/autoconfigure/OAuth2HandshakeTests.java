package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionSettings.Security;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.transport.RawServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bearer tokens of a real token endpoint, sent to a real server. The shortest regular
 * delay is 30 s, so whatever comes sooner was not backed off.
 */
class OAuth2HandshakeTests {

	private static final Duration SOON = Duration.ofSeconds(15);

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Duration SHORT = Duration.ofMillis(20);

	private final TokenEndpoint endpoint = new TokenEndpoint();

	private final List<ConnectionEvent> events = new CopyOnWriteArrayList<>();

	private volatile RawServer.Script script = (connection) -> {
		connection.accept();
		connection.serve();
	};

	private final RawServer server = new RawServer(this::serve);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceSecurityAutoConfiguration.class, OAuth2ClientAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=" + this.server.uri(), "resilient.websocket.auto-startup=false")
		.withPropertyValues(this.endpoint.registration("feed"))
		.withBean("events", ConnectionObserver.class, () -> this.events::add);

	@AfterEach
	void close() {
		this.server.close();
		this.endpoint.close();
	}

	private void serve(RawServer.Connection connection) throws Exception {
		this.script.serve(connection);
	}

	@Test
	void tokenIsSentAndKeptForTheNextAttempt() {
		run(SHORT, (connection) -> {
			connection.start();
			await(() -> this.server.connections().size() == 1 && isOpen(connection));
			this.server.connections().get(0).end();
			await(() -> this.server.connections().size() == 2 && isOpen(connection));
			assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-1");
			assertThat(this.endpoint.requests()).isEqualTo(1);
		});
	}

	@ParameterizedTest
	@ValueSource(ints = { 401, 403, 1008, 4401, 4403 })
	void refusedTokenIsReplacedWithinASecond(int refusal) {
		this.script = (connection) -> refuseBefore(1, refusal, connection);
		run(LONG, (connection) -> {
			connection.start();
			await(() -> this.server.connections().size() == 2 && isOpen(connection));
			assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
			assertThat(this.endpoint.requests()).isEqualTo(2);
			assertThat(retries()).singleElement()
				.satisfies((delay) -> assertThat(delay).isLessThanOrEqualTo(Duration.ofSeconds(1)));
		});
	}

	@Test
	void freshTokenThatIsRefusedTooIsNotTriedAgainBeforeTheLongestDelay() {
		this.script = (connection) -> refuseBefore(Integer.MAX_VALUE, 401, connection);
		run(LONG, (connection) -> {
			connection.start();
			await(() -> retries().size() == 2);
			assertThat(retries().get(1)).isEqualTo(LONG);
			assertThat(this.endpoint.given()).containsExactly("token-1", "token-2");
		});
	}

	@Test
	void tokenThatExpiredIsReplacedBeforeItIsSent() {
		this.endpoint.lifetime(Duration.ofSeconds(1));
		run(SHORT, (connection) -> {
			connection.start();
			await(() -> isOpen(connection));
			this.server.connections().get(0).end();
			await(() -> this.server.connections().size() == 2 && isOpen(connection));
			assertThat(authorizations()).containsExactly("Bearer token-1", "Bearer token-2");
		});
	}

	@Test
	void endpointThatGivesNoTokenIsAFailedAttemptWithoutSecrets() {
		this.endpoint.refusing(true);
		run(SHORT, (connection) -> {
			connection.start();
			await(() -> this.endpoint.requests() >= 3);
			Disconnect end = lastDisconnect(connection);
			assertThat(end.kind()).isEqualTo(Kind.CUSTOMIZER_FAILED);
			assertThat(end.text()).contains("ClientAuthorizationException");
			assertThat(this.events.toString()).doesNotContain(TokenEndpoint.SECRET);
			assertThat(this.server.connections()).isEmpty();
			this.endpoint.refusing(false);
			await(() -> isOpen(connection));
		});
	}

	@Test
	void endpointThatIsDownIsAFailedAttemptThatBacksOff() {
		this.endpoint.close();
		run(LONG, (connection) -> {
			connection.start();
			await(() -> retries().size() == 1);
			assertThat(lastDisconnect(connection).kind()).isEqualTo(Kind.CUSTOMIZER_FAILED);
			assertThat(retries()).containsExactly(LONG);
		});
	}

	@Test
	void connectionWithoutARegistrationIsLeftAlone() {
		this.script = (connection) -> refuseBefore(Integer.MAX_VALUE, 401, connection);
		this.runner.run((context) -> {
			WebSocketConnection connection = connection(context, "plain", LONG, Security.DEFAULT);
			connection.start();
			await(() -> retries().size() == 1);
			assertThat(retries()).as("no fresh credentials to try").containsExactly(LONG);
			assertThat(authorizations()).containsExactly("");
			assertThat(this.endpoint.requests()).isZero();
			connection.close().get(10, TimeUnit.SECONDS);
		});
	}

	@Test
	void customizerOfTheApplicationComesLater() {
		HandshakeCustomizer custom = (request) -> {
			request.header("Authorization", request.headers().get("authorization") + "!");
			return null;
		};
		this.runner.withBean("custom", HandshakeCustomizer.class, () -> custom).run((context) -> {
			WebSocketConnection connection = connection(context, "feed", SHORT, oauth2());
			connection.start();
			await(() -> isOpen(connection));
			assertThat(authorizations()).containsExactly("Bearer token-1!");
			connection.close().get(10, TimeUnit.SECONDS);
		});
	}

	@Test
	void manyConnectionsShareOneTokenAlsoAfterAllWereRefused() {
		CountDownLatch allAreOpen = new CountDownLatch(20);
		AtomicBoolean rotated = new AtomicBoolean();
		this.script = (connection) -> {
			connection.accept();
			if (rotated.get()) {
				connection.serve();
			}
			allAreOpen.countDown();
			allAreOpen.await();
			rotated.set(true);
			connection.sendClose(4401, "");
			connection.serve();
		};
		this.runner.run((context) -> {
			List<WebSocketConnection> connections = IntStream.range(0, 20)
				.mapToObj((i) -> connection(context, "feed-" + i, SHORT, oauth2()))
				.toList();
			connections.forEach(WebSocketConnection::start);
			await(() -> this.server.connections().size() == 40 && connections.stream().allMatch(this::isOpen));
			assertThat(this.endpoint.given()).containsExactly("token-1", "token-2");
			connections.forEach(WebSocketConnection::close);
			await(() -> connections.stream().allMatch((each) -> each.state() == ConnectionState.CLOSED));
		});
	}

	/**
	 * Refuse all connections before one, by a status or a close code.
	 */
	private void refuseBefore(int accepted, int refusal, RawServer.Connection connection) throws Exception {
		boolean refuses = this.server.connections().indexOf(connection) < accepted;
		if (refuses && refusal < 1000) {
			connection.refuse(refusal);
			return;
		}
		connection.accept();
		if (refuses) {
			connection.sendClose(refusal, "");
		}
		connection.serve();
	}

	private List<String> authorizations() {
		return this.server.connections().stream().map((connection) -> connection.header("Authorization")).toList();
	}

	private void run(Duration delay, Consumer<WebSocketConnection> test) {
		this.runner.run((context) -> {
			WebSocketConnection connection = connection(context, "feed", delay, oauth2());
			test.accept(connection);
			connection.close().get(10, TimeUnit.SECONDS);
		});
	}

	private static Security oauth2() {
		return new Security(null, null, "feed", null);
	}

	private WebSocketConnection connection(AssertableApplicationContext context, String name, Duration delay,
			Security security) {
		return context.getBean(ConnectionFactory.class)
			.dynamic(ConnectionSettings.builder(name, this.server.uri())
				.security(security)
				.reconnect(new Reconnect(true, delay, 1, delay, 0, -1, LONG, Set.of(), Set.of()))
				.build());
	}

	private List<Duration> retries() {
		return this.events.stream()
			.flatMap((event) -> (event instanceof RetryScheduled retry) ? Stream.of(retry.delay()) : Stream.empty())
			.toList();
	}

	private boolean isOpen(WebSocketConnection connection) {
		return connection.state() == ConnectionState.OPEN;
	}

	private static Disconnect lastDisconnect(WebSocketConnection connection) {
		return Objects.requireNonNull(connection.snapshot().lastDisconnect());
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(SOON).until(condition);
	}

}
