package io.github.websocketresilience.transport;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyTests {

	private static final TestCertificates CA = new TestCertificates("Authority");

	private final RealTransport transport = new RealTransport((name) -> CA.context(null));

	private final List<RawServer> servers = new ArrayList<>();

	private ConnectProxy proxy;

	@BeforeEach
	void open() throws IOException {
		this.proxy = new ConnectProxy();
	}

	@AfterEach
	void close() throws IOException {
		this.transport.close();
		this.proxy.close();
		this.servers.forEach(RawServer::close);
	}

	@Test
	void proxyOfTheJvmConnects() {
		RawServer server = server();
		RecordingAttempt attempt = this.transport.open(server);
		RealTransport.await(() -> attempt.texts().contains("hello"));
		assertThat(this.proxy.requests()).singleElement()
			.asString()
			.startsWith("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n")
			.doesNotContain("Proxy-Authorization");
	}

	@Test
	void tlsGoesThroughTheProxy() {
		RawServer server = RawServer.secure(CA.context(CA.host("127.0.0.1")), false, ProxyTests::serve);
		this.servers.add(server);
		RecordingAttempt attempt = this.transport.connect(server.uri(), RealTransport.bundle("mine"));
		RealTransport.await(() -> attempt.texts().contains("hello"));
		assertThat(this.proxy.requests()).hasSize(1);
	}

	@Test
	void hostNameIsLeftToTheProxy() {
		RawServer server = server();
		RecordingAttempt attempt = this.transport
			.connect(URI.create("ws://only-the-proxy-knows.invalid:" + server.port()));
		RealTransport.await(attempt::isOpen);
	}

	@Test
	void credentialsAnswerAChallengeAndGoToTheProxyOnly() {
		this.proxy.demand("Basic", "user", "secret");
		RawServer server = server();
		RecordingAttempt attempt = this.transport.connect(server.uri(), credentials("user", "secret"));
		RealTransport.await(attempt::isOpen);
		assertThat(this.proxy.requests()).hasSize(2);
		assertThat(this.proxy.requests().get(0)).doesNotContain("Proxy-Authorization");
		assertThat(server.connections().get(0).header("Proxy-Authorization")).isEmpty();
		assertThat(server.connections().get(0).header("Authorization")).isEmpty();
	}

	@Test
	void missingCredentialsAreTold() {
		this.proxy.demand("Basic", "user", "secret");
		Disconnect failure = failureOf((settings) -> settings);
		assertThat(failure.text()).isEqualTo("the proxy wants credentials: set 'proxy.username' and 'proxy.password'");
		assertThat(failure.httpStatus()).isEqualTo(407);
	}

	@Test
	void wrongCredentialsAreTold() {
		this.proxy.demand("Basic", "user", "secret");
		Disconnect failure = failureOf(credentials("user", "tiger"));
		assertThat(failure.text()).isEqualTo("the proxy does not accept 'proxy.username' and 'proxy.password'");
		assertThat(failure.httpStatus()).isEqualTo(407);
		assertThat(failure.toString()).doesNotContain("tiger");
	}

	@Test
	void challengeThatNobodyCanAnswerIsTold() {
		this.proxy.demand("NTLM", "user", "secret");
		assertThat(failureOf(credentials("user", "secret")).httpStatus()).isEqualTo(407);
		assertThat(failureOf((settings) -> settings).text()).contains("proxy.username");
	}

	@ParameterizedTest
	@ValueSource(ints = { 403, 401, 502 })
	void refusalOfTheProxyIsNoWordOfTheServers(int status) {
		this.proxy.refuse(status);
		Disconnect failure = failureOf(credentials("user", "secret"));
		assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
		assertThat(failure.text()).isEqualTo("the proxy refused to connect: HTTP " + status);
		assertThat(failure.httpStatus()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ws", "wss" })
	void answerOfTheProxyThatDoesNotEndIsNotKept(String scheme) {
		this.proxy.answerWithoutEnd();
		RecordingAttempt attempt = this.transport.connect(URI.create(scheme + "://example.invalid"));
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
		assertThat(attempt.failure().text())
			.isEqualTo("the answer of the proxy, or of the server behind it, does not end");
	}

	@Test
	void challengeOfTheServerBehindTheProxyIsTheServers() {
		RawServer server = new RawServer((connection) -> connection.refuse(401, "WWW-Authenticate: Basic realm=x"));
		this.servers.add(server);
		RecordingAttempt attempt = this.transport.connect(server.uri());
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().text()).isEqualTo("upgrade refused with HTTP 401");
	}

	@Test
	void challengeOfTheServerIsNotAnsweredWithWhatIsMeantForTheProxy() {
		RawServer server = new RawServer((connection) -> connection.refuse(401, "WWW-Authenticate: Basic realm=x"));
		this.servers.add(server);
		RecordingAttempt attempt = this.transport.connect(server.uri(), credentials("user", "secret"));
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().text()).isEqualTo("upgrade refused with HTTP 401");
		assertThat(server.connections()).singleElement()
			.satisfies((connection) -> assertThat(connection.header("Authorization")).isEmpty());
	}

	@Test
	void proxyThatIsNotThereIsTold() throws IOException {
		this.proxy.stop();
		Disconnect failure = failureOf((settings) -> settings);
		assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
		assertThat(failure.text()).isEqualTo("the TCP connection to the proxy could not be made");
	}

	private Disconnect failureOf(UnaryOperator<ConnectionSettings.Builder> settings) {
		RecordingAttempt attempt = this.transport.connect(URI.create("ws://example.invalid/?token=secret"), settings);
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().toString()).doesNotContain("secret");
		return attempt.failure();
	}

	private RawServer server() {
		RawServer server = new RawServer(ProxyTests::serve);
		this.servers.add(server);
		return server;
	}

	private static UnaryOperator<ConnectionSettings.Builder> credentials(String username, String password) {
		return (builder) -> builder.security(new ConnectionSettings.Security(null, null, null,
				new ConnectionSettings.Credentials(username, password)));
	}

	private static void serve(RawServer.Connection connection) throws Exception {
		connection.accept();
		connection.sendText("hello");
		connection.serve();
	}

}
