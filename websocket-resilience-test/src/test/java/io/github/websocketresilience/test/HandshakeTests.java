package io.github.websocketresilience.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is scripted for an opening handshake is what is on the wire.
 */
class HandshakeTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final String ACCEPTED = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Accept: " + RawClient.ACCEPT + "\r\n";

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer();

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void acceptsWithoutScript() throws Exception {
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).isEqualTo(ACCEPTED + "\r\n");
			assertThat(this.server.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE).wasOpened()).isTrue();
		}
	}

	@Test
	void acceptsWithFurtherHeaders() throws Exception {
		this.server.attempt(1).accept(Map.of("Sec-WebSocket-Protocol", List.of("ocpp2.0.1")));
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).isEqualTo(ACCEPTED + "Sec-WebSocket-Protocol: ocpp2.0.1\r\n\r\n");
		}
	}

	@Test
	void acceptsAfterDelayAndNotBefore() throws Exception {
		this.server.attempt(1).acceptAfter(Duration.ofMillis(300));
		long start = System.nanoTime();
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).startsWith("HTTP/1.1 101 ");
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(300_000_000);
		}
	}

	@Test
	void acceptsByteByByte() throws Exception {
		this.server.attempt(1).acceptByteByByte(Duration.ofMillis(2)).sendText("hi");
		long start = System.nanoTime();
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).isEqualTo(ACCEPTED + "\r\n");
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000L * (ACCEPTED.length() + 1));
			assertThat(client.read(4)).isEqualTo("81026869");
		}
	}

	@Test
	void wrongKeyIsNoticedByClientThatChecks() throws Exception {
		this.server.otherAttempts().acceptWithWrongKey();
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).startsWith("HTTP/1.1 101 ").doesNotContain(RawClient.ACCEPT);
		}
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> HttpClient.newHttpClient()
			.newWebSocketBuilder()
			.buildAsync(this.server.uri(), new WebSocket.Listener() {
			})
			.join()).withStackTraceContaining("Bad Sec-WebSocket-Accept");
	}

	@Test
	void answersWithWhateverIsGivenAndGoesOn() throws Exception {
		this.server.attempt(1)
			.answerRaw((request) -> ("hello " + request.acceptKey() + "\r\n\r\n").getBytes())
			.sendText("hi");
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).isEqualTo("hello " + RawClient.ACCEPT + "\r\n\r\n");
			assertThat(client.read(4)).isEqualTo("81026869");
		}
	}

	@Test
	void requestWithoutKeyHasNoAcceptKey() {
		HandshakeRequest request = new HandshakeRequest("GET / HTTP/1.1", Map.of(), Instant.EPOCH);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(request::acceptKey);
	}

	@Test
	void refusesWithStatusAndHeaders() throws Exception {
		this.server.attempt(1).refuse(503, Map.of("Retry-After", List.of("7")));
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).isEqualTo("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n"
					+ "Connection: close\r\nRetry-After: 7\r\n\r\n");
			assertThat(client.next()).isEqualTo(-1);
		}
		assertThat(this.server.connection(1).wasOpened()).isFalse();
	}

	@Test
	void redirects() throws Exception {
		this.server.attempt(1).redirect(URI.create("ws://elsewhere.example/"));
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThat(client.head()).startsWith("HTTP/1.1 302 Found\r\n")
				.contains("\r\nLocation: ws://elsewhere.example/\r\n");
		}
	}

	@Test
	void neverAnswers() throws Exception {
		this.server.attempt(1).neverAnswer();
		try (RawClient client = new RawClient(this.server).ask()) {
			this.server.awaitAttempt(1, PATIENCE);
			assertThat(client.hearsNothing(200)).isTrue();
			this.server.connection(1).dropWithFin();
			assertThat(client.next()).isEqualTo(-1);
		}
	}

	@Test
	void requestForSomethingElseIsBad() throws Exception {
		try (RawClient client = new RawClient(this.server).send("GET / HTTP/1.1\r\n\r\n".getBytes())) {
			assertThat(client.head()).startsWith("HTTP/1.1 400 ");
		}
	}

	@Test
	void eachAttemptHasItsScript() throws Exception {
		this.server.attempt(2).refuse(503);
		this.server.otherAttempts().refuse(418);
		String[] statuses = new String[3];
		for (int i = 0; i < 3; i++) {
			try (RawClient client = new RawClient(this.server).ask()) {
				statuses[i] = client.head().substring(9, 12);
			}
		}
		assertThat(statuses).containsExactly("418", "503", "418");
	}

	@Test
	void requestIsRecordedAndItsTextTellsNoValues() throws Exception {
		RawClient.open(this.server).close();
		HandshakeRequest request = this.server.awaitAttempt(1, PATIENCE).request();
		assertThat(request.requestLine()).isEqualTo("GET /feed?token=secret HTTP/1.1");
		assertThat(request.target()).isEqualTo("/feed?token=secret");
		assertThat(request.header("upgrade")).isEqualTo("websocket");
		assertThat(request.header("Absent")).isNull();
		assertThat(request).asString().startsWith("/feed [").doesNotContain("secret", "websocket");
	}

}
