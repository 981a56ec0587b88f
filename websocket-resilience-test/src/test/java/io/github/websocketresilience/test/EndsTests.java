package io.github.websocketresilience.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The ways in which a connection ends, or hangs.
 */
class EndsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

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
	void closeIsAnsweredAndTcpEnds() throws Exception {
		try (RawClient client = RawClient.open(this.server).send(0x88, "\u0003\u00e9go")) {
			assertThat(client.read(6)).isEqualTo("880403e9676f");
			assertThat(client.next()).isEqualTo(-1);
			assertThat(this.server.connection(1).awaitClose(PATIENCE)).isEqualTo(1001);
			assertThat(this.server.connection(1).awaitEnd(PATIENCE).hasEnded()).isTrue();
		}
	}

	@Test
	void answerToCloseOfTheServerEndsTcp() throws Exception {
		this.server.attempt(1).close(1011, "");
		try (RawClient client = RawClient.open(this.server)) {
			assertThat(client.read(4)).isEqualTo("880203f3");
			client.send(0x88, "");
			assertThat(client.next()).isEqualTo(-1);
			assertThat(this.server.connection(1).closeCode()).contains(1005);
		}
	}

	@Test
	void closeIsIgnored() throws Exception {
		this.server.attempt(1).ignoreClose();
		try (RawClient client = RawClient.open(this.server).send(0x88, "\u0003\u00e8")) {
			this.server.awaitAttempt(1, PATIENCE).awaitClose(PATIENCE);
			assertThat(client.hearsNothing(200)).isTrue();
			assertThat(this.server.connection(1).hasEnded()).isFalse();
		}
	}

	@Test
	void resetIsReset() throws Exception {
		this.server.attempt(1).dropWithReset();
		try (RawClient client = new RawClient(this.server).ask()) {
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				while (client.next() >= 0) {
					Thread.onSpinWait();
				}
			}).withMessageContaining("reset");
			this.server.awaitAttempt(1, PATIENCE).awaitEnd(PATIENCE);
		}
	}

	@Test
	void finEndsOneDirectionOnly() throws Exception {
		try (RawClient client = RawClient.open(this.server)) {
			ServerConnection connection = this.server.connection(1).dropWithFin();
			assertThat(client.next()).isEqualTo(-1);
			client.send(0x81, "late");
			connection.awaitText("late", PATIENCE);
			client.finish();
			connection.awaitEnd(PATIENCE);
		}
	}

	@Test
	void halfOpenServerKeepsTcpAndSaysNothing() throws Exception {
		this.server.attempt(1).answerTexts((text) -> text).halfOpen();
		try (RawClient client = RawClient.open(this.server)
			.send(0x89, "p")
			.send(0x81, "t")
			.send(0x88, "\u0003\u00e8")) {
			ServerConnection connection = this.server.awaitAttempt(1, PATIENCE);
			connection.awaitClose(PATIENCE);
			client.finish();
			assertThat(client.hearsNothing(300)).isTrue();
			assertThat(connection.hasEnded()).isFalse();
			assertThat(connection.frames()).extracting(ReceivedFrame::opcode)
				.containsExactly(Opcode.PING, Opcode.TEXT, Opcode.CLOSE);
		}
	}

	@Test
	void windowFillsWhenNobodyReads() throws Exception {
		this.server.attempt(1).stopReading();
		try (SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", this.server.port()))) {
			fillWindow(channel);
			this.server.connection(1).awaitText("end", PATIENCE);
		}
	}

	private void fillWindow(SocketChannel channel) throws Exception {
		channel.write(ByteBuffer.wrap("GET / HTTP/1.1\r\nSec-WebSocket-Key: k\r\n\r\n".getBytes()));
		this.server.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE);
		channel.configureBlocking(false);
		ByteBuffer pending = ByteBuffer.allocate(0);
		byte[] message = new byte[6 + 100];
		message[0] = (byte) 0x82;
		message[1] = (byte) (0x80 | 100);
		for (int sent = 0; sent < 32 * 1024 * 1024; sent += message.length) {
			pending = ByteBuffer.wrap(message);
			if (!written(channel, pending)) {
				break;
			}
		}
		assertThat(pending.hasRemaining()).as("the window is full").isTrue();
		finish(channel, pending);
	}

	/**
	 * Write for up to a second.
	 */
	private static boolean written(SocketChannel channel, ByteBuffer bytes) throws IOException {
		long deadline = System.nanoTime() + 1_000_000_000;
		while (bytes.hasRemaining()) {
			channel.write(bytes);
			if (System.nanoTime() > deadline) {
				return false;
			}
		}
		return true;
	}

	private void finish(SocketChannel channel, ByteBuffer pending) throws IOException {
		this.server.connection(1).resumeReading();
		byte[] end = { (byte) 0x81, (byte) 0x83, 0, 0, 0, 0, 'e', 'n', 'd' };
		channel.configureBlocking(true);
		while (pending.hasRemaining()) {
			channel.write(pending);
		}
		channel.write(ByteBuffer.wrap(end));
	}

	@Test
	void allAreDropped() throws Exception {
		try (RawClient first = RawClient.open(this.server); RawClient second = RawClient.open(this.server)) {
			this.server.dropAll();
			assertThatExceptionOfType(SocketException.class).isThrownBy(first::next);
			assertThatExceptionOfType(SocketException.class).isThrownBy(second::next);
		}
	}

	@Test
	void frameThatBreaksTheProtocolIsAFailure() throws Exception {
		try (RawClient client = RawClient.open(this.server).send((byte) 0x81, (byte) 1, (byte) 'a')) {
			this.server.awaitAttempt(1, PATIENCE).awaitEnd(PATIENCE);
			assertThat(client.next()).isEqualTo(-1);
			assertThat(this.server.connection(1).failure().orElseThrow()).hasMessageContaining("mask");
			assertThat(this.server.connection(1).frames()).isEmpty();
		}
	}

	@Test
	void whatIsDoneAfterTheEndHasNoEffect() throws Exception {
		RawClient.open(this.server).close();
		ServerConnection connection = this.server.awaitAttempt(1, PATIENCE).awaitEnd(PATIENCE);
		connection.sendText("late").dropWithReset();
		assertThat(connection.failure()).isEmpty();
	}

}
