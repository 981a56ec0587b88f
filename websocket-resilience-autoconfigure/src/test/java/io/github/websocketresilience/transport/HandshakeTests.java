package io.github.websocketresilience.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.Transport.Connecting;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The traps of the opening handshake.
 */
class HandshakeTests {

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger lookups = new AtomicInteger();

	private final RealTransport transport = new RealTransport(SpringWebSocketTransport.find(),
			new HostLookup(this::lookUp));

	private final List<RawServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.gate.countDown();
		this.transport.close();
		this.servers.forEach(RawServer::close);
	}

	@Test
	void requestCarriesPathQueryHeadersAndSubprotocols() {
		RawServer server = server((connection) -> {
			connection.accept("Sec-WebSocket-Protocol: v2");
			connection.hang();
		});
		RecordingAttempt attempt = this.transport.connect(server.uri().resolve("/feed?a=b"),
				(settings) -> settings.handshake(new ConnectionSettings.Handshake(Map.of("token", "x y"),
						Map.of("X-Key", "k"), List.of("v1", "v2"), Duration.ofSeconds(10))));
		RealTransport.await(() -> attempt.has("opened v2"));
		RawServer.Connection connection = server.connections().get(0);
		assertThat(connection.requestLine()).isEqualTo("GET /feed?a=b&token=x%20y HTTP/1.1");
		assertThat(connection.header("X-Key")).isEqualTo("k");
		assertThat(connection.header("Sec-WebSocket-Protocol")).matches("v1, ?v2");
	}

	@Test
	void headersOfTheHandshakeItselfAreNotReplaced() {
		RawServer server = server((connection) -> {
			connection.accept();
			connection.hang();
		});
		RecordingAttempt attempt = this.transport.connect(server.uri(),
				(settings) -> settings.handshake(new ConnectionSettings.Handshake(Map.of(),
						Map.of("HOST", "else", "sec-websocket-key", "x"), List.of(), Duration.ofSeconds(10))));
		RealTransport.await(attempt::isOpen);
		RawServer.Connection connection = server.connections().get(0);
		assertThat(connection.header("Host")).isEqualTo(server.uri().getAuthority());
		assertThat(connection.header("Sec-WebSocket-Key")).hasSize(24);
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 404, 407, 408, 426, 429, 500, 503, 308 })
	void statusOfARefusalIsReadFromTheText(int status) {
		RawServer server = server((connection) -> connection.refuse(status, "Retry-After: 7"));
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.UPGRADE_REFUSED);
		assertThat(failure.httpStatus()).isEqualTo(status);
		assertThat(failure.retryAfter()).as("Tomcat does not show it").isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-None: 1", "WWW-Authenticate: Bearer", "WWW-Authenticate: Basic realm=\"a\"" })
	void statusOfAChallengeIsTold(String header) {
		RawServer server = server((connection) -> connection.refuse(401, header));
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.UPGRADE_REFUSED);
		assertThat(failure.httpStatus()).isEqualTo(401);
	}

	@Test
	void redirectIsNotFollowed() {
		RawServer other = server((connection) -> connection.accept());
		RawServer server = server((connection) -> connection.refuse(302, "Location: " + other.uri()));
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.UPGRADE_REFUSED);
		assertThat(failure.text()).contains("redirects are not followed");
		assertThat(other.connections()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 abc\r\n\r\n", "SSH-2.0-OpenSSH_9.6\r\n\r\n" })
	void answerThatIsNotHttpIsInvalid(String answer) {
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write(answer);
			connection.hang();
		});
		assertThat(failureOf(server.uri()).kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
	}

	@Test
	void wrongAcceptKeyIsInvalidAndEndsTcp() {
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.acceptWith("d3Jvbmc=");
			connection.serve();
		});
		assertThat(failureOf(server.uri()).kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
		RealTransport.await(() -> server.connections().get(0).isGone());
	}

	@Test
	void missingAcceptKeyIsInvalid() {
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
			connection.serve();
		});
		assertThat(failureOf(server.uri()).kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
	}

	@Test
	void endBeforeTheAnswerIsALostConnection() {
		RawServer server = server(RawServer.Connection::readRequest);
		assertThat(failureOf(server.uri()).kind()).isEqualTo(Kind.CONNECTION_LOST);
	}

	@Test
	void closedPortIsAFailedConnect() throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}
		Disconnect failure = failureOf(URI.create("ws://127.0.0.1:" + port));
		assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
		assertThat(failure.exception()).isEqualTo("java.net.ConnectException");
	}

	@Test
	void serverWithoutTlsIsATlsFailure() {
		RawServer server = server((connection) -> {
			connection.write("220 not a TLS server\r\n");
			connection.hang();
		});
		assertThat(failureOf(URI.create("wss://127.0.0.1:" + server.port())).kind()).isEqualTo(Kind.TLS_FAILED);
	}

	@Test
	void silentServerIsATimeoutOfTheContainerToo() {
		RawServer server = server(RawServer.Connection::hang);
		RecordingAttempt attempt = this.transport.connect(server.uri(),
				RealTransport.connectTimeout(Duration.ofMillis(200)));
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
	}

	@Test
	void unknownHostIsTold() {
		this.gate.countDown();
		assertThat(failureOf(URI.create("ws://unknown.invalid")).kind()).isEqualTo(Kind.UNKNOWN_HOST);
	}

	@Test
	void abortEndsADrippingServerAtOnce() {
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\n");
			while (true) {
				connection.linger(Duration.ofMillis(50));
				connection.write("X-Drip: 1\r\n");
			}
		});
		RecordingAttempt attempt = RealTransport.attempt(server.uri(), (settings) -> settings);
		Connecting connecting = this.transport.connect(attempt);
		RealTransport.await(
				() -> !server.connections().isEmpty() && server.connections().get(0).requestLine().startsWith("GET"));
		long begin = System.nanoTime();
		connecting.abort();
		RealTransport.await(() -> server.connections().get(0).hasEnded());
		// The container would wait for ten seconds after the last drip.
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
		assertThat(attempt.hasEnded()).isFalse();
	}

	@Test
	void abortInterruptsAHangingPreparationAndItsThreadIsFreeOfTheFlag() {
		RecordingAttempt attempt = RealTransport.attempt(URI.create("ws://127.0.0.1:1"), (settings) -> settings);
		CountDownLatch interrupted = new CountDownLatch(1);
		attempt.preparation = () -> {
			try {
				this.gate.await();
			}
			catch (InterruptedException ex) {
				interrupted.countDown();
			}
			throw new IllegalStateException("expected by the test");
		};
		Connecting connecting = this.transport.connect(attempt);
		RealTransport.await(() -> attempt.has("prepare"));
		connecting.abort();
		RealTransport.await(() -> interrupted.getCount() == 0);
		RawServer server = server((connection) -> {
			connection.accept();
			connection.hang();
		});
		this.transport.open(server);
		assertThat(attempt.events).containsExactly("started", "prepare");
	}

	@Test
	void fifthAttemptWaitsForOneOfFourAbandonedHandshakes() {
		try (RealTransport large = new RealTransport(SpringWebSocketTransport.find(), new HostLookup(this::lookUp),
				64)) {
			for (int i = 0; i < AbandonedHandshakes.LIMIT; i++) {
				int expected = i + 1;
				RecordingAttempt attempt = RealTransport.attempt(URI.create("ws://blocked-" + i + ".invalid"),
						(settings) -> settings);
				Connecting connecting = large.connect(attempt);
				RealTransport.await(() -> this.lookups.get() == expected);
				connecting.abort();
			}
			RawServer server = server((connection) -> {
				connection.accept();
				connection.hang();
			});
			RecordingAttempt waiting = large.connect(server.uri(), RealTransport.connectTimeout(Duration.ofMillis(50)));
			RealTransport.await(() -> waiting.has("delayed"));
			assertThat(waiting.events).containsExactly("delayed");
			this.gate.countDown();
			RealTransport.await(waiting::isOpen);
		}
	}

	@Test
	void hostIsLookedUpOnceAndNobodyElseHoldsAThreadForIt() {
		List<RecordingAttempt> attempts = IntStream.range(0, 10)
			.mapToObj((i) -> this.transport.connect(URI.create("ws://blocked.invalid")))
			.toList();
		RealTransport.await(() -> attempts.stream().allMatch((attempt) -> attempt.has("prepare")));
		// Two threads for handshakes, one of which looks up.
		RawServer server = server((connection) -> {
			connection.accept();
			connection.hang();
		});
		this.transport.open(server);
		assertThat(this.lookups).hasValue(1);
		this.gate.countDown();
		RealTransport.await(() -> attempts.stream().allMatch(RecordingAttempt::hasEnded));
		assertThat(attempts).allSatisfy((attempt) -> assertThat(attempt.failure().kind()).isEqualTo(Kind.UNKNOWN_HOST));
		assertThat(this.lookups).hasValue(1);
	}

	@Test
	void hostIsLookedUpAfreshForEachAttempt() {
		URI uri = URI.create("ws://unknown.invalid");
		failureOf(uri);
		assertThat(failureOf(uri).kind()).isEqualTo(Kind.UNKNOWN_HOST);
		assertThat(this.lookups).hasValue(2);
	}

	@Test
	void attemptWithoutAThreadSaysSoOnceAndGoesOnWhenItGetsOne() {
		List<RecordingAttempt> holders = IntStream.range(0, 2)
			.mapToObj((i) -> this.transport.connect(URI.create("ws://blocked-" + i + ".invalid")))
			.toList();
		RealTransport.await(() -> this.lookups.get() == 2);
		RecordingAttempt attempt = this.transport.connect(URI.create("ws://unknown.invalid"),
				RealTransport.connectTimeout(Duration.ofMillis(50)));
		RealTransport.await(() -> attempt.has("delayed"));
		assertThat(attempt.events).containsExactly("delayed");
		this.gate.countDown();
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.events).containsExactly("delayed", "started", "prepare", "failed UNKNOWN_HOST");
		assertThat(holders).hasSize(2);
	}

	@Test
	void attemptThatIsAbortedBeforeItHasAThreadIsToldNothing() {
		IntStream.range(0, 2).forEach((i) -> this.transport.connect(URI.create("ws://blocked-" + i + ".invalid")));
		RealTransport.await(() -> this.lookups.get() == 2);
		RecordingAttempt attempt = RealTransport.attempt(URI.create("ws://unknown.invalid"),
				RealTransport.connectTimeout(Duration.ofMillis(50)));
		this.transport.connect(attempt).abort();
		RecordingAttempt next = this.transport.connect(URI.create("ws://unknown.invalid"));
		this.gate.countDown();
		RealTransport.await(next::hasEnded);
		assertThat(attempt.events).isEmpty();
	}

	@Test
	void whatIsPreparedAfterTheEndIsNotConnectedWith() {
		// One of two threads for handshakes, so that the other one runs them in order.
		this.transport.connect(URI.create("ws://blocked.invalid"));
		RealTransport.await(() -> this.lookups.get() == 1);
		RecordingAttempt attempt = RealTransport.attempt(URI.create("ws://late.invalid"), (settings) -> settings);
		CompletableFuture<HandshakeRequest> late = new CompletableFuture<>();
		attempt.preparation = () -> late;
		Connecting connecting = this.transport.connect(attempt);
		RealTransport.await(() -> attempt.has("prepare"));
		connecting.abort();
		late.complete(new HandshakeRequest(attempt.settings, attempt.settings.url(), 1, null));
		RecordingAttempt next = this.transport.connect(URI.create("ws://unknown.invalid"));
		RealTransport.await(next::hasEnded);
		assertThat(this.lookups).hasValue(2);
		assertThat(attempt.events).containsExactly("started", "prepare");
	}

	@Test
	void attemptAtAClosedTransportFails() {
		this.transport.transport().close();
		Disconnect failure = failureOf(URI.create("ws://127.0.0.1:1"));
		assertThat(failure.text()).isEqualTo("the transport is closed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 503 No\r\n\r\n", "HTTP/1.1 302 No\r\nLocation: ws://else/?secret\r\n\r\n",
			"HTTP/1.1 401 No\r\n\r\n", "secret\r\n\r\n", "" })
	void noSecretLeavesWithAFailure(String answer) {
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write(answer);
		});
		URI uri = URI.create("ws://user:secret@127.0.0.1:" + server.port() + "/?token=secret");
		assertThat(failureOf(uri).toString()).doesNotContain("secret", "127.0.0.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.web.socket", "io.github.websocketresilience" })
	void addressAndHeadersAreNotLoggedByTheClientBelow(String name) {
		Logger logger = (Logger) LoggerFactory.getLogger(name);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		Level before = logger.getLevel();
		appender.start();
		logger.addAppender(appender);
		logger.setLevel(Level.TRACE);
		try {
			RawServer server = server((connection) -> connection.refuse(503, "X: y"));
			URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/?token=secret");
			RecordingAttempt attempt = this.transport.connect(uri,
					(settings) -> settings.handshake(new ConnectionSettings.Handshake(Map.of(),
							Map.of("X-Key", "secret"), List.of(), Duration.ofSeconds(10))));
			RealTransport.await(attempt::hasEnded);
			assertThat(server.connections().get(0).header("X-Key")).isEqualTo("secret");
			assertThat(appender.list).noneMatch((event) -> event.getFormattedMessage().contains("secret"));
		}
		finally {
			logger.setLevel(before);
			logger.detachAppender(appender);
		}
	}

	private Object lookUp(String host) throws UnknownHostException {
		if (!host.endsWith(".invalid")) {
			return InetAddress.getByName(host);
		}
		this.lookups.incrementAndGet();
		if (host.startsWith("blocked")) {
			awaitUninterruptibly();
		}
		throw new UnknownHostException("expected by the test");
	}

	// As a real lookup: an interrupt does not end it.
	private void awaitUninterruptibly() {
		boolean open = false;
		while (!open) {
			try {
				this.gate.await();
				open = true;
			}
			catch (InterruptedException ex) {
				open = false;
			}
		}
	}

	private Disconnect failureOf(URI uri) {
		RecordingAttempt attempt = this.transport.connect(uri);
		RealTransport.await(attempt::hasEnded);
		return attempt.failure();
	}

	private RawServer server(RawServer.Script script) {
		RawServer server = new RawServer(script);
		this.servers.add(server);
		return server;
	}

}
