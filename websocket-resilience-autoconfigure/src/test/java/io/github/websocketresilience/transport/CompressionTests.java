package io.github.websocketresilience.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.TransportContractTests.RecordingAttempt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CompressionTests {

	private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate";

	// RSV1 (RFC 7692 section 6)
	private static final int COMPRESSED = 0x40;

	private static final int MEGABYTE = 1024 * 1024;

	private final RealTransport transport = new RealTransport();

	private final List<RawServer> servers = new ArrayList<>();

	@AfterEach
	void close() {
		this.transport.close();
		this.servers.forEach(RawServer::close);
	}

	@Test
	void compressionIsNotOfferedUnlessAskedFor() {
		RawServer server = server((connection) -> {
			connection.accept();
			connection.serve();
		});
		this.transport.open(server);
		assertThat(server.connections().get(0).header("Sec-WebSocket-Extensions")).isEmpty();
	}

	@Test
	void compressedMessagesAreRead() {
		RawServer server = server((connection) -> {
			connection.accept(DEFLATE);
			connection.sendFrame(true, COMPRESSED | RawServer.TEXT, deflate(bytes("hello hello hello"), 1));
			connection.sendText("plain");
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server, compression(MEGABYTE));
		RealTransport.await(() -> attempt.texts().size() == 2);
		assertThat(attempt.texts()).containsExactly("hello hello hello", "plain");
		assertThat(server.connections().get(0).header("Sec-WebSocket-Extensions")).isEqualTo("permessage-deflate");
	}

	@Test
	void serverMayDeclineTheOffer() {
		RawServer server = server((connection) -> {
			connection.accept();
			connection.sendText("plain");
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server, compression(MEGABYTE));
		RealTransport.await(() -> attempt.texts().contains("plain"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "permessage-deflate", "x-webkit-deflate-frame" })
	void extensionThatWasNotOfferedEndsTheAttempt(String extension) {
		RawServer server = server((connection) -> {
			connection.accept("Sec-WebSocket-Extensions: " + extension);
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.connect(server.uri());
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
		assertThat(attempt.failure().text()).isEqualTo("the server chose an extension that was not offered");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x-webkit-deflate-frame", "permessage-deflate;client_max_window_bits=9",
			"permessage-deflate;no_such_parameter" })
	void extensionThatNobodyKnowsEndsTheAttempt(String extension) {
		RawServer server = server((connection) -> {
			connection.accept("Sec-WebSocket-Extensions: " + extension);
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.connect(server.uri(), compression(MEGABYTE));
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.HANDSHAKE_INVALID);
	}

	@Test
	void compressedFrameWithoutCompressionBreaksTheProtocol() {
		RawServer server = server((connection) -> {
			connection.accept();
			connection.sendFrame(true, COMPRESSED | RawServer.TEXT, deflate(bytes("hello"), 1));
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server);
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.failure().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
		assertThat(attempt.failure().closeCode()).isEqualTo(1002);
		assertThat(attempt.texts()).isEmpty();
	}

	@Test
	void whatIsNoDeflateStreamEndsTheSocket() {
		RawServer server = server((connection) -> {
			connection.accept(DEFLATE);
			connection.sendFrame(true, COMPRESSED | RawServer.TEXT, new byte[] { -1, -1, -1, -1, -1 });
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server, compression(MEGABYTE));
		RealTransport.await(attempt::hasEnded);
		assertThat(attempt.texts()).isEmpty();
		assertThat(attempt.failure().kind()).isEqualTo(Kind.PROTOCOL_ERROR);
		assertThat(attempt.failure().text()).isEqualTo("the peer sent compressed data that cannot be inflated");
		RealTransport.await(() -> server.connections().get(0).isGone());
	}

	@ParameterizedTest
	@ValueSource(ints = { RawServer.TEXT, RawServer.BINARY })
	void bombOfOneGigabyteIsStoppedAtTheMessageSize(int opcode) {
		byte[] bomb = deflate(new byte[MEGABYTE], 1024);
		assertThat(bomb.length).isLessThan(2 * MEGABYTE);
		RawServer server = server((connection) -> {
			connection.accept(DEFLATE);
			connection.sendFrame(true, COMPRESSED | opcode, bomb);
			connection.serve();
		});
		RecordingAttempt attempt = this.transport.open(server, compression(MEGABYTE));
		RealTransport.await(attempt::hasEnded);
		Disconnect failure = attempt.failure();
		assertThat(failure.kind()).isEqualTo(Kind.MESSAGE_TOO_BIG);
		assertThat(failure.closeCode()).isEqualTo(1009);
		assertThat(attempt.texts()).isEmpty();
		// Nor is the rest inflated for nobody, which takes seconds.
		assertThat(attempt.events.stream().filter("piece"::equals).count()).isLessThan(1024);
		RealTransport.await(() -> server.connections().get(0).isGone());
	}

	private static UnaryOperator<ConnectionSettings.Builder> compression(long maxMessageSize) {
		return (builder) -> builder.maxMessageSize(maxMessageSize)
			.handshake(new ConnectionSettings.Handshake(Map.of(), Map.of(), List.of(), Duration.ofSeconds(10), true));
	}

	private static byte[] deflate(byte[] block, int times) {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		result.writeBytes(flush(deflater, block));
		// From the second one on each looks like the one before.
		byte[] further = flush(deflater, block);
		for (int i = 1; i < times; i++) {
			result.writeBytes(further);
		}
		deflater.end();
		// Without the empty block at the end (RFC 7692 section 7.2.1)
		return Arrays.copyOf(result.toByteArray(), result.size() - 4);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] flush(Deflater deflater, byte[] block) {
		byte[] buffer = new byte[8192];
		deflater.setInput(block);
		return Arrays.copyOf(buffer, deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH));
	}

	private RawServer server(RawServer.Script script) {
		RawServer server = new RawServer(script);
		this.servers.add(server);
		return server;
	}

}
