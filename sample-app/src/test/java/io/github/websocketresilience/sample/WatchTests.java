package io.github.websocketresilience.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.websocketresilience.ConnectionState;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The server's half of the bargain.
 */
@SampleTest
@TestPropertySource(
		properties = { "demo.ping-interval=200ms", "demo.idle-limit=1s", "resilient.websocket.heartbeat.interval=0" })
class WatchTests {

	@Autowired
	private Sample sample;

	@Test
	void clientThatSaysNothingIsDroppedAndOthersAreKept() throws IOException {
		this.sample.awaitOpen();
		try (Visitor alive = Visitor.at(this.sample.server("/ws")); Socket dead = upgrade()) {
			dead.setSoTimeout((int) Sample.PATIENCE.toMillis());
			InputStream in = dead.getInputStream();
			assertThat(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 101");
			assertThat(alive.isOpen()).isTrue();
			this.sample.awaitState("alice", ConnectionState.OPEN);
			assertThat(this.sample.card("alice").at("/attempt").asInt()).isOne();
		}
	}

	@Test
	void silenceOfTheServerIsNotTheClients() {
		this.sample.awaitOpen();
		try (Visitor visitor = Visitor.at(this.sample.server("/ws"))) {
			this.sample.fault("silence?seconds=2");
			visitor.say("hello").hears("hello");
			await().during(Duration.ofSeconds(2)).atMost(Sample.PATIENCE).until(visitor::isOpen);
		}
	}

	private Socket upgrade() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(this.sample.server("/ws")).getPort());
		socket.getOutputStream().write("""
				GET /ws HTTP/1.1\r
				Host: localhost\r
				Upgrade: websocket\r
				Connection: Upgrade\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				\r
				""".getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

}
