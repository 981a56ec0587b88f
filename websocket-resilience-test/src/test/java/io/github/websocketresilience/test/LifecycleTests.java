package io.github.websocketresilience.test;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Start and stop, records and TLS.
 */
class LifecycleTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void comesBackOnItsPort() throws Exception {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();
				RawClient client = RawClient.open(server)) {
			int port = server.port();
			server.stop();
			assertThat(client.next()).isEqualTo(-1);
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawClient(server).close());
			server.start();
			assertThat(server.port()).isEqualTo(port);
			RawClient.open(server).close();
			assertThat(server.awaitAttempt(2, PATIENCE).number()).isEqualTo(2);
			assertThat(server.start().port()).isEqualTo(port);
		}
	}

	@RepeatedTest(20)
	void portIsClosedWhenStopReturns() {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start()) {
			server.stop();
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> new RawClient(server).close());
		}
	}

	@Test
	void listensOnAnyLoopbackAddress() {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer(new InetSocketAddress("127.0.0.2", 0))) {
			assertThatIllegalStateException().isThrownBy(server::port);
			assertThat(server.start().uri("/feed?a=b")).asString()
				.isEqualTo("ws://127.0.0.2:" + server.port() + "/feed?a=b");
			connect(HttpClient.newHttpClient(), server).abort();
		}
	}

	@Test
	void listensOnNoOtherAddress() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ScriptedWebSocketServer(new InetSocketAddress("0.0.0.0", 0)))
			.withMessageContaining("loopback");
	}

	@Test
	void resetForgetsScriptsAndAttempts() throws Exception {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start()) {
			RawClient.open(server).close();
			server.attempt(1).refuse(503);
			server.otherAttempts().refuse(503);
			server.stop();
			server.reset();
			assertThat(server.attempts()).isZero();
			assertThatIllegalStateException().isThrownBy(() -> server.connection(1));
			try (RawClient next = new RawClient(server).ask()) {
				assertThat(next.head()).startsWith("HTTP/1.1 101 ");
				assertThat(server.connections()).extracting(ServerConnection::number).containsExactly(1);
			}
		}
	}

	@Test
	void resetEndsWhatIsOpenWithRst() throws Exception {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();
				RawClient open = RawClient.open(server)) {
			server.reset();
			assertThatExceptionOfType(SocketException.class).isThrownBy(open::next);
		}
	}

	@Test
	void waitsInVainAndSaysWhatThereWas() throws Exception {
		Duration shortly = Duration.ofMillis(20);
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();
				RawClient client = RawClient.open(server)) {
			client.send(0x81, "other");
			server.awaitAttempt(1, PATIENCE).awaitText("other", PATIENCE);
			assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> server.awaitAttempt(2, shortly))
				.withMessage("After 20 ms: no attempt 2, 1 so far");
			assertThatExceptionOfType(AssertionError.class)
				.isThrownBy(() -> server.connection(1).awaitText("text", shortly))
				.withMessageContaining("no text \"text\" on attempt 1 (/feed [")
				.withMessageEndingWith(", opened) [TEXT other]");
			assertThatIllegalArgumentException().isThrownBy(() -> server.attempt(0));
		}
	}

	@Test
	void textsArePutTogetherFromFragments() throws Exception {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();
				RawClient client = RawClient.open(server)) {
			client.send(0x01, "a").send(0x89, "p").send(0x80, "b");
			client.send(0x02, "x").send(0x80, "y").send(0x81, "c");
			ServerConnection connection = server.awaitAttempt(1, PATIENCE).awaitText("c", PATIENCE);
			assertThat(connection.texts()).containsExactly("ab", "c");
			assertThat(connection.frames()).extracting(ReceivedFrame::fin)
				.containsExactly(false, true, true, false, true, true);
		}
	}

	@Test
	void memoryIsBounded() {
		Recording recording = new Recording();
		ReceivedFrame large = new ReceivedFrame(Opcode.BINARY, true, new byte[Recording.BYTES / 2], Instant.now());
		ReceivedFrame small = new ReceivedFrame(Opcode.TEXT, true, new byte[0], Instant.now());
		List.of(large, large, large).forEach(recording::add);
		assertThat(recording.frames()).hasSize(2);
		for (int i = 0; i < Recording.FRAMES; i++) {
			recording.add(small);
		}
		assertThat(recording.frames()).hasSize(Recording.FRAMES).containsOnly(small);
		assertThat(recording.forgotten()).isEqualTo(3);
	}

	@Test
	void speaksTls() {
		try (ScriptedWebSocketServer server = ScriptedWebSocketServer.secure().start()) {
			server.attempt(1).answerTexts((text) -> text);
			WebSocket socket = connect(HttpClient.newBuilder().sslContext(server.clientSslContext()).build(), server);
			socket.sendText("hello", true).join();
			server.connection(1).awaitText("hello", PATIENCE);
			socket.sendClose(1000, "").join();
			assertThat(server.connection(1).awaitClose(PATIENCE)).isEqualTo(1000);
			assertThat(server.uri()).hasScheme("wss");
			assertThat(server.certificatePem()).startsWith("-----BEGIN CERTIFICATE-----\n");
		}
	}

	@Test
	void nobodyElseTrustsItsCertificate() {
		try (ScriptedWebSocketServer server = ScriptedWebSocketServer.secure().start()) {
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> connect(HttpClient.newHttpClient(), server))
				.withStackTraceContaining("PKIX");
			assertThat(server.attempts()).isZero();
		}
	}

	@Test
	void hangsInTheTlsHandshakeAndGoesOnWhenItIsOver() throws Exception {
		try (ScriptedWebSocketServer server = ScriptedWebSocketServer.secure().start()) {
			HttpClient client = HttpClient.newBuilder().sslContext(server.clientSslContext()).build();
			WebSocket before = connect(client, server);
			server.hangInTlsHandshake(true);
			try (RawClient hello = new RawClient(server).send((byte) 0x16, (byte) 3)) {
				assertThat(hello.hearsNothing(200)).isTrue();
				before.sendText("goes on", true).join();
				server.connection(1).awaitText("goes on", PATIENCE);
				hello.finish();
				assertThat(hello.next()).isEqualTo(-1);
			}
			assertThat(server.attempts()).isEqualTo(1);
			server.hangInTlsHandshake(false);
			connect(client, server);
			server.awaitAttempt(2, PATIENCE).awaitOpened(PATIENCE);
			server.hangInTlsHandshake(true).reset();
			connect(client, server);
			server.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE);
		}
	}

	@Test
	void plainServerHasNoTlsHandshakeToHangIn() {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer()) {
			assertThatIllegalStateException().isThrownBy(() -> server.hangInTlsHandshake(true));
		}
	}

	@Test
	void plainServerHasNoCertificate() {
		try (ScriptedWebSocketServer server = new ScriptedWebSocketServer()) {
			assertThatIllegalStateException().isThrownBy(server::certificatePem);
		}
	}

	private static WebSocket connect(HttpClient client, ScriptedWebSocketServer server) {
		return client.newWebSocketBuilder().buildAsync(server.uri(), new WebSocket.Listener() {
		}).join();
	}

}
