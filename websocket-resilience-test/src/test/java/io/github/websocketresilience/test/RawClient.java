package io.github.websocketresilience.test;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A client that sees bytes and nothing else.
 */
final class RawClient implements AutoCloseable {

	/** The key and the answer to it that RFC 6455 has in section 1.3. */
	static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

	private static final String REQUEST = "GET /feed?token=secret HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
			+ "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

	private final Socket socket;

	private final DataInputStream in;

	RawClient(ScriptedWebSocketServer server) throws IOException {
		this.socket = new Socket("127.0.0.1", server.port());
		this.socket.setSoTimeout(10_000);
		this.in = new DataInputStream(this.socket.getInputStream());
	}

	/**
	 * Connect and open.
	 */
	static RawClient open(ScriptedWebSocketServer server) throws IOException {
		RawClient client = new RawClient(server).ask();
		client.head();
		return client;
	}

	RawClient ask() throws IOException {
		return send(REQUEST.getBytes(StandardCharsets.US_ASCII));
	}

	RawClient send(byte... bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		return this;
	}

	/**
	 * Send a frame, masked with zeros.
	 */
	RawClient send(int first, String payload) throws IOException {
		byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(first);
		frame.write(0x80 | bytes.length);
		frame.writeBytes(new byte[4]);
		frame.writeBytes(bytes);
		return send(frame.toByteArray());
	}

	/**
	 * Read the head of an HTTP response.
	 */
	String head() throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) this.in.readUnsignedByte());
		}
		return head.toString();
	}

	/**
	 * Read bytes.
	 * @return them in hexadecimal
	 */
	String read(int length) throws IOException {
		StringBuilder bytes = new StringBuilder();
		for (byte next : this.in.readNBytes(length)) {
			bytes.append("%02x".formatted(next));
		}
		return bytes.toString();
	}

	/**
	 * Tell whether the server is quiet, open but without a byte.
	 */
	boolean hearsNothing(int millis) throws IOException {
		this.socket.setSoTimeout(millis);
		try {
			this.in.read();
			return false;
		}
		catch (SocketTimeoutException ex) {
			return true;
		}
		finally {
			this.socket.setSoTimeout(10_000);
		}
	}

	int next() throws IOException {
		return this.in.read();
	}

	void finish() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
