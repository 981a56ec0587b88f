package io.github.websocketresilience.transport;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ssl.SSLContext;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TlsTests {

	private static final TestCertificates CA = new TestCertificates("Authority");

	private static final TestCertificates OTHER_CA = new TestCertificates("Another authority");

	private static final TestCertificates.Identity SERVER = CA.host("127.0.0.1");

	private final Map<String, SSLContext> bundles = new ConcurrentHashMap<>(Map.of("mine", CA.context(null)));

	private final RealTransport transport = new RealTransport((name) -> {
		SSLContext context = this.bundles.get(name);
		if (context == null) {
			throw new IllegalArgumentException("secret");
		}
		return context;
	});

	private final List<RawServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.transport.close();
		this.servers.forEach(RawServer::close);
	}

	@Test
	void serverOfATrustedAuthorityIsConnectedTo() {
		RecordingAttempt attempt = this.transport.connect(server(SERVER).uri(), RealTransport.bundle("mine"));
		RealTransport.await(attempt::isOpen);
	}

	@Test
	void certificatesOfTheJvmDecideWithoutABundle() {
		RecordingAttempt attempt = this.transport.connect(server(SERVER).uri());
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().text()).isEqualTo("the server's certificate is not trusted");
	}

	@Test
	void certificateOfAnotherAuthorityIsNotTrusted() {
		assertFails(server(OTHER_CA.host("127.0.0.1")), "the server's certificate is not trusted");
	}

	@Test
	void selfSignedCertificateIsNotTrusted() {
		assertFails(server(OTHER_CA.itself()), "the server's certificate is not trusted");
	}

	@Test
	void expiredCertificateIsTold() {
		Instant now = Instant.now();
		assertFails(server(CA.host("127.0.0.1", now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1)))),
				"the server's certificate has expired");
	}

	@Test
	void certificateOfTomorrowIsTold() {
		Instant now = Instant.now();
		assertFails(server(CA.host("127.0.0.1", now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2)))),
				"the server's certificate is not valid yet");
	}

	@Test
	void certificateForAnotherHostIsTold() {
		assertFails(server(CA.host("example.com")), "the server's certificate is for another host");
		assertFails(server(CA.host("127.0.0.2")), "the server's certificate is for another host");
		URI named = URI.create("wss://localhost:" + server(CA.host("example.com")).port());
		assertThat(failureOf(named).text()).isEqualTo("the server's certificate is for another host");
	}

	@Test
	void missingClientCertificateIsTold() {
		RawServer server = server(CA.context(SERVER), true);
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.TLS_FAILED);
		assertThat(failure.text()).startsWith("the server wants a client certificate");
	}

	@Test
	void clientCertificateThatTheServerDoesNotTrustIsTold() {
		this.bundles.put("mine", CA.context(OTHER_CA.host("client")));
		RawServer server = server(CA.context(SERVER), true);
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.TLS_FAILED);
		assertThat(failure.text()).contains("client certificate");
	}

	@Test
	void clientCertificateIsGiven() {
		this.bundles.put("mine", CA.context(CA.host("client")));
		RecordingAttempt attempt = this.transport.connect(server(CA.context(SERVER), true).uri(),
				RealTransport.bundle("mine"));
		RealTransport.await(attempt::isOpen);
	}

	@Test
	void connectionCostsTheTwoThreadsThatTomcatAddsAndNoneOfOurs() {
		RawServer server = server(SERVER);
		RealTransport.await(this.transport.connect(server.uri(), RealTransport.bundle("mine"))::isOpen);
		long tomcats = threads("WebSocketClient-SecureIO-");
		long ours = threads("ws-");
		int more = 10;
		for (int i = 0; i < more; i++) {
			RealTransport.await(this.transport.connect(server.uri(), RealTransport.bundle("mine"))::isOpen);
		}
		assertThat(threads("WebSocketClient-SecureIO-") - tomcats).isBetween(1L, 2L * more);
		// One that has just done its work may not be idle yet when the next one begins
		assertThat(threads("ws-") - ours).isLessThan(more);
	}

	private static long threads(String prefix) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith(prefix))
			.count();
	}

	@Test
	void newContentOfABundleIsUsedByTheNextAttempt() {
		RawServer server = server(OTHER_CA.host("127.0.0.1"));
		assertFails(server, "the server's certificate is not trusted");
		this.bundles.put("mine", OTHER_CA.context(null));
		RecordingAttempt attempt = this.transport.connect(server.uri(), RealTransport.bundle("mine"));
		RealTransport.await(attempt::isOpen);
	}

	@Test
	void unusableBundleFailsTheAttemptWithoutAWordOfTheCause() {
		RecordingAttempt attempt = this.transport.connect(server(SERVER).uri(), RealTransport.bundle("theirs"));
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.TLS_FAILED);
		assertThat(attempt.failure().text()).isEqualTo("the SSL bundle 'theirs' cannot be used");
		assertThat(attempt.failure().exception()).isEqualTo(IllegalArgumentException.class.getName());
	}

	@Test
	void bundleIsNotAskedForWithoutTls() {
		RawServer plain = new RawServer(TlsTests::serve);
		this.servers.add(plain);
		RecordingAttempt attempt = this.transport.connect(plain.uri(), RealTransport.bundle("theirs"));
		RealTransport.await(attempt::isOpen);
	}

	@Test
	void serverThatSpeaksNoTlsIsTold() {
		RawServer plain = new RawServer((connection) -> {
			connection.write("220 not a TLS server\r\n");
			connection.hang();
		});
		this.servers.add(plain);
		assertThat(failureOf(URI.create("wss://127.0.0.1:" + plain.port())).text())
			.isEqualTo("the server does not speak TLS");
	}

	@Test
	void endDuringTheHandshakeIsToldAtOnce() {
		RawServer plain = new RawServer((connection) -> connection.linger(Duration.ofMillis(50)));
		this.servers.add(plain);
		long begin = System.nanoTime();
		Disconnect failure = failureOf(URI.create("wss://127.0.0.1:" + plain.port()));
		assertThat(failure.kind()).isNotEqualTo(Kind.CONNECT_TIMEOUT);
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void orderlyEndOfTlsBeforeTheAnswerIsALostConnection() {
		RawServer server = RawServer.secure(CA.context(SERVER), false, RawServer.Connection::readRequest);
		this.servers.add(server);
		assertThat(failureOf(server.uri()).kind()).isEqualTo(Kind.CONNECTION_LOST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Long: long\r\n", "xxxxxxxxxxxxxxxx" })
	void answerThatDoesNotEndIsNotKept(String header) {
		AtomicLong sent = new AtomicLong();
		RawServer server = RawServer.secure(CA.context(SERVER), false, (connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\n");
			String chunk = header.repeat(256);
			while (true) {
				connection.write(chunk);
				sent.addAndGet(chunk.length());
			}
		});
		this.servers.add(server);
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
		assertThat(failure.text()).isEqualTo("the server's answer to the upgrade does not end");
		RealTransport.await(() -> server.connections().get(0).hasEnded());
		assertThat(sent).hasValueLessThan(64 * 1024 * 1024);
	}

	@Test
	void answerInALargerRecordThanTomcatTakesIsTold() {
		RawServer server = RawServer.secure(CA.context(SERVER), false, (connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\nX-Long: " + "x".repeat(10_000) + "\r\n\r\n");
			connection.serve();
		});
		this.servers.add(server);
		assertThat(failureOf(server.uri()).text())
			.isEqualTo("the server's answer to the upgrade came in a larger TLS record than the container takes");
	}

	@Test
	void onlyTheAnswerIsLimited() {
		RawServer server = RawServer.secure(CA.context(SERVER), false, (connection) -> {
			connection.accept();
			connection.sendText("x".repeat(2 * HandshakeLimits.LONGEST_ANSWER));
			connection.serve();
		});
		this.servers.add(server);
		RecordingAttempt attempt = this.transport.connect(server.uri(), RealTransport.bundle("mine"));
		RealTransport.await(() -> !attempt.texts().isEmpty());
	}

	private void assertFails(RawServer server, String text) {
		Disconnect failure = failureOf(server.uri());
		assertThat(failure.kind()).isEqualTo(Kind.TLS_FAILED);
		assertThat(failure.text()).isEqualTo(text);
	}

	private Disconnect failureOf(URI uri) {
		RecordingAttempt attempt = this.transport.connect(uri, RealTransport.bundle("mine"));
		RealTransport.await(attempt::hasEnded);
		return attempt.failure();
	}

	private RawServer server(TestCertificates.Identity identity) {
		return server(CA.context(identity), false);
	}

	private RawServer server(SSLContext context, boolean wantsClientCertificate) {
		RawServer server = RawServer.secure(context, wantsClientCertificate, TlsTests::serve);
		this.servers.add(server);
		return server;
	}

	private static void serve(RawServer.Connection connection) throws Exception {
		connection.accept();
		connection.serve();
	}

}
