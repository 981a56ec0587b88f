package io.github.websocketresilience.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.engine.Hooks;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.engine.Ports;
import io.github.websocketresilience.engine.StandardReconnectPolicy;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that mean harm, on real sockets.
 */
class HostileServerTests {

	private static final long GIGABYTE = 1L << 30;

	private final RealTransport transport = new RealTransport();

	private final List<RawServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.transport.close();
		this.servers.forEach(RawServer::close);
	}

	@ParameterizedTest
	@ValueSource(ints = { RawServer.TEXT, RawServer.BINARY })
	void frameOfAGigabyteEndsAtTheMessageSize(int opcode) {
		AtomicLong sent = new AtomicLong();
		RawServer server = server((connection) -> {
			connection.accept();
			connection.write(header(opcode, GIGABYTE));
			byte[] chunk = new byte[64 * 1024];
			while (sent.addAndGet(chunk.length) < GIGABYTE) {
				connection.write(chunk);
			}
		});
		RecordingAttempt attempt = this.transport.open(server);
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.MESSAGE_TOO_BIG);
		RealTransport.await(() -> server.connections().get(0).hasEnded());
		assertThat(sent.get()).isLessThan(GIGABYTE / 4);
	}

	@Test
	void headerOfAGigabyteCostsNothingUntilItsBytesCome() {
		RawServer server = server((connection) -> {
			connection.accept();
			connection.write(header(RawServer.BINARY, Long.MAX_VALUE));
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server);
		attempt.socket().close(1000, "");
		RealTransport.await(() -> !server.connections().get(0).closeCodes().isEmpty());
		assertThat(attempt.hasEnded()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200 OK\r\n\r\n", "\0\0\0\0", "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff" })
	void garbageAfterTheUpgradeBreaksTheProtocol(String garbage) {
		RawServer server = server((connection) -> {
			connection.accept();
			connection.write(garbage);
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server);
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
		assertThat(attempt.failure().closeCode()).isEqualTo(1002);
	}

	@Test
	void floodOfPingsDoesNotKeepUsFromWriting() {
		AtomicLong pings = new AtomicLong();
		AtomicLong texts = new AtomicLong();
		RawServer server = server((connection) -> {
			connection.accept();
			Thread reader = new Thread(() -> countTexts(connection, texts));
			reader.setDaemon(true);
			reader.start();
			while (true) {
				connection.sendFrame(true, RawServer.PING, new byte[125]);
				pings.incrementAndGet();
			}
		});
		try (Client client = new Client(server, Duration.ofSeconds(10))) {
			client.connection.start();
			RealTransport.await(() -> pings.get() > 1000);
			for (int i = 0; i < 100; i++) {
				client.connection.send(new Message.Text("message " + i)).join();
			}
			RealTransport.await(() -> texts.get() == 100);
			assertThat(server.connections()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Long: long\r\n", "xxxxxxxxxxxxxxxx", "xx:\r\n" })
	void answerThatDoesNotEndIsNotKept(String header) {
		AtomicLong sent = new AtomicLong();
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\n");
			byte[] chunk = header.repeat(1024).getBytes(StandardCharsets.ISO_8859_1);
			while (sent.addAndGet(chunk.length) < GIGABYTE) {
				connection.write(chunk);
			}
		});
		RecordingAttempt attempt = this.transport.connect(server.uri());
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
		assertThat(attempt.failure().text()).isEqualTo("the server's answer to the upgrade does not end");
		RealTransport.await(() -> server.connections().get(0).hasEnded());
		assertThat(sent).hasValueLessThan(64 * 1024 * 1024);
	}

	@Test
	void thereIsANextAttemptAfterAnAnswerThatDoesNotEnd() {
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\n");
			while (true) {
				connection.write("X-Long: long\r\n");
			}
		});
		try (Client client = new Client(server, Duration.ofSeconds(10))) {
			client.connection.start();
			RealTransport.await(() -> server.connections().size() >= 20);
			assertThat(client.connection.snapshot().lastDisconnect().kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
		}
		RealTransport.await(() -> alive(server) == 0);
	}

	@Test
	void onlyTheAnswerIsLimited() {
		String header = "X-Long: " + "x".repeat(HandshakeLimits.LONGEST_ANSWER - 1000);
		RawServer server = server((connection) -> {
			connection.accept(header);
			connection.sendText("x".repeat(2 * HandshakeLimits.LONGEST_ANSWER));
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server);
		RealTransport.await(() -> !attempt.texts().isEmpty());
	}

	@ParameterizedTest
	@CsvSource({ "5, X-Drip: 1|", "5, x", "0, x" })
	void twoHundredAttemptsAtADrippingServerLeaveNothingBehind(int pauseMillis, String drop) {
		String bytes = drop.replace("|", "\r\n");
		RawServer server = server((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 101 Switching Protocols\r\n");
			while (true) {
				connection.linger(Duration.ofMillis(pauseMillis));
				connection.write(bytes);
			}
		});
		try (Client client = new Client(server, Duration.ofMillis(10))) {
			client.connection.start();
			RealTransport.await(() -> server.connections().size() >= 20);
			int before = Thread.activeCount() - alive(server);
			RealTransport.await(() -> server.connections().size() >= 200);
			assertThat(Thread.activeCount() - alive(server)).isLessThan(before + 10);
			assertThat(alive(server)).isLessThan(10);
			assertThat(client.connection.snapshot().lastDisconnect().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
		}
		RealTransport.await(() -> alive(server) == 0);
	}

	private static int alive(RawServer server) {
		return (int) server.connections().stream().filter((connection) -> !connection.hasEnded()).count();
	}

	private static void countTexts(RawServer.Connection connection, AtomicLong texts) {
		try {
			while (true) {
				if (connection.readFrame().opcode() == RawServer.TEXT) {
					texts.incrementAndGet();
				}
			}
		}
		catch (IOException ex) {
			// The end.
			Thread.onSpinWait();
		}
	}

	private static byte[] header(int opcode, long length) {
		return ByteBuffer.allocate(10).put((byte) (0x80 | opcode)).put((byte) 127).putLong(length).array();
	}

	private RawServer server(RawServer.Script script) {
		RawServer server = new RawServer(script);
		this.servers.add(server);
		return server;
	}

	/**
	 * A connection with all that is behind it, which reconnects at once.
	 */
	private static final class Client implements AutoCloseable {

		private final SystemTime time = new SystemTime();

		private final SystemWorkers workers = new SystemWorkers(this.time, 16, 4, false, false);

		private final SpringWebSocketTransport transport = new SpringWebSocketTransport(null, this.workers, this.time);

		private final ManagedConnection connection;

		Client(RawServer server, Duration connectTimeout) {
			Duration delay = Duration.ofMillis(1);
			ConnectionSettings settings = ConnectionSettings.builder("test", server.uri())
				.handshake(new ConnectionSettings.Handshake(Map.of(), Map.of(), List.of(), connectTimeout))
				.closeTimeout(Duration.ofMillis(100))
				.reconnect(new ConnectionSettings.Reconnect(true, delay, 1.0, delay, 0.5, -1, Duration.ofSeconds(10),
						Set.of(), Set.of()))
				.build();
			this.connection = new ManagedConnection(settings, new Ports(this.transport, this.time, this.workers),
					new Hooks(new StandardReconnectPolicy(), List.of(), List.of(), List.of(), List.of(), null));
		}

		@Override
		public void close() {
			this.connection.close().join();
			this.transport.close();
			this.workers.close();
			this.time.close();
		}

	}

}
