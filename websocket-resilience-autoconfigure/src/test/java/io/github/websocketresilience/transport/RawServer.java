package io.github.websocketresilience.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A WebSocket server that does what a script says, right or wrong, byte by byte. Each
 * connection has a thread that runs the script; other threads may send meanwhile.
 */
public final class RawServer implements AutoCloseable {

	/** The opcode of a continuation frame. */
	public static final int CONTINUATION = 0;

	/** The opcode of a text frame. */
	public static final int TEXT = 1;

	/** The opcode of a binary frame. */
	public static final int BINARY = 2;

	/** The opcode of a close frame. */
	public static final int CLOSE = 8;

	/** The opcode of a ping frame. */
	public static final int PING = 9;

	/** The opcode of a pong frame. */
	public static final int PONG = 10;

	private static final int SMALL_BUFFER = 8 * 1024;

	private final ServerSocket server;

	private final String scheme;

	private final Script script;

	private final List<Connection> connections = new CopyOnWriteArrayList<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	/**
	 * Start a server on an ephemeral port of the loopback interface.
	 * @param script what each connection does
	 */
	public RawServer(Script script) {
		this(0, script);
	}

	/**
	 * Start a server on a port of the loopback interface, one that has just been left for
	 * example.
	 * @param port the port
	 * @param script what each connection does
	 */
	public RawServer(int port, Script script) {
		this("ws", port, script, ServerSocket::new);
	}

	private RawServer(String scheme, int port, Script script, Opening opening) {
		this.scheme = scheme;
		this.script = script;
		try {
			this.server = opening.open();
			// Small, so that a peer that stops reading is soon felt.
			this.server.setReceiveBufferSize(SMALL_BUFFER);
			this.server.setReuseAddress(true);
			this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("raw-server", this::acceptAll);
	}

	/**
	 * Start a server that speaks TLS.
	 * @param context its key
	 * @param wantsClientCertificate whether it accepts no client without
	 * @param script what each connection does
	 * @return the server
	 */
	public static RawServer secure(SSLContext context, boolean wantsClientCertificate, Script script) {
		return new RawServer("wss", 0, script, () -> {
			SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
			server.setNeedClientAuth(wantsClientCertificate);
			return server;
		});
	}

	/**
	 * Return where it listens.
	 * @return a ws address, or a wss address
	 */
	public URI uri() {
		return URI.create(this.scheme + "://127.0.0.1:" + port() + "/");
	}

	/**
	 * Return where it listens.
	 * @return the port
	 */
	public int port() {
		return this.server.getLocalPort();
	}

	/**
	 * Return the connections so far, ended ones included.
	 * @return the connections in the order in which they came
	 */
	public List<Connection> connections() {
		return this.connections;
	}

	@Override
	public void close() {
		this.closed.countDown();
		quietly(this.server::close);
		this.connections.forEach(Connection::end);
	}

	private void acceptAll() {
		while (this.closed.getCount() > 0) {
			try {
				Connection connection = new Connection(this.server.accept());
				this.connections.add(connection);
				start("raw-server-connection", connection::run);
			}
			catch (IOException ex) {
				// Closed, which the loop sees.
				Thread.onSpinWait();
			}
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void quietly(Closing closing) {
		try {
			closing.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What a connection does.
	 */
	@FunctionalInterface
	public interface Script {

		/**
		 * Serve one connection; its socket is closed when this returns.
		 * @param connection the connection
		 * @throws Exception to end it
		 */
		void serve(Connection connection) throws Exception;

	}

	@FunctionalInterface
	private interface Opening {

		ServerSocket open() throws IOException;

	}

	@FunctionalInterface
	private interface Closing {

		void close() throws IOException;

	}

	/**
	 * A frame that was read.
	 *
	 * @param fin whether it is the last of its message
	 * @param opcode what it is
	 * @param payload unmasked
	 */
	public record Frame(boolean fin, int opcode, byte[] payload) {

		/**
		 * Return the payload as text.
		 * @return the text
		 */
		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

	}

	/**
	 * One connection.
	 */
	public final class Connection {

		private final Socket socket;

		private final DataInputStream in;

		private final OutputStream out;

		private final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

		private final List<Frame> frames = new CopyOnWriteArrayList<>();

		private final CountDownLatch ended = new CountDownLatch(1);

		private volatile String requestLine = "";

		private volatile boolean reading = true;

		private volatile boolean answersPings = true;

		private volatile boolean answersClose = true;

		Connection(Socket socket) throws IOException {
			this.socket = socket;
			socket.setTcpNoDelay(true);
			this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
			this.out = socket.getOutputStream();
		}

		/**
		 * Read a request and switch protocols as RFC 6455 wants it.
		 * @param headers more headers, each a line
		 */
		public void accept(String... headers) throws IOException {
			readRequest();
			switchProtocols(headers);
		}

		/**
		 * Switch protocols as RFC 6455 wants it, after the request was read.
		 * @param headers more headers, each a line
		 */
		public void switchProtocols(String... headers) throws IOException {
			acceptWith(AcceptCheck.expected(this.requestHeaders.getOrDefault("Sec-WebSocket-Key", "")), headers);
		}

		/**
		 * Switch protocols with an answer of one's own to the key.
		 * @param accept the value of {@code Sec-WebSocket-Accept}
		 * @param headers more headers, each a line
		 */
		public void acceptWith(String accept, String... headers) throws IOException {
			StringBuilder response = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
			response.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
			response.append("Sec-WebSocket-Accept: ").append(accept).append("\r\n");
			for (String header : headers) {
				response.append(header).append("\r\n");
			}
			write(response.append("\r\n").toString());
		}

		/**
		 * Read a request and refuse it.
		 * @param status the status
		 * @param headers more headers, each a line
		 */
		public void refuse(int status, String... headers) throws IOException {
			readRequest();
			StringBuilder response = new StringBuilder("HTTP/1.1 " + status + " No\r\nContent-Length: 0\r\n");
			for (String header : headers) {
				response.append(header).append("\r\n");
			}
			write(response.append("\r\n").toString());
		}

		/**
		 * Read a request up to the empty line.
		 */
		public void readRequest() throws IOException {
			this.requestLine = readLine();
			for (String line = readLine(); !line.isEmpty(); line = readLine()) {
				int colon = line.indexOf(':');
				this.requestHeaders.put(line.substring(0, colon), line.substring(colon + 1).trim());
			}
		}

		/**
		 * Read frames until the end: answer pings and a close frame, remember the others.
		 */
		public void serve() throws IOException {
			while (true) {
				Frame frame = readFrame();
				awaitReading();
				this.frames.add(frame);
				if (frame.opcode() == PING && this.answersPings) {
					sendFrame(true, PONG, frame.payload());
				}
				if (frame.opcode() == CLOSE && this.answersClose) {
					sendFrame(true, CLOSE, frame.payload());
					return;
				}
			}
		}

		/**
		 * Do nothing until the server is closed.
		 */
		public void hang() throws InterruptedException {
			RawServer.this.closed.await();
		}

		/**
		 * Do nothing for some time, or until the server is closed.
		 * @param duration how long
		 */
		public void linger(Duration duration) throws InterruptedException {
			RawServer.this.closed.await(duration.toNanos(), TimeUnit.NANOSECONDS);
		}

		/**
		 * Write bytes as they are.
		 * @param raw Latin-1 text
		 */
		public void write(String raw) throws IOException {
			write(raw.getBytes(StandardCharsets.ISO_8859_1));
		}

		/**
		 * Write bytes as they are.
		 * @param bytes the bytes
		 */
		public synchronized void write(byte[] bytes) throws IOException {
			this.out.write(bytes);
			this.out.flush();
		}

		/**
		 * Send a text message of one frame.
		 * @param text the text
		 */
		public void sendText(String text) throws IOException {
			sendFrame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
		}

		/**
		 * Send text messages in one segment, as far as TCP allows.
		 * @param texts the texts
		 */
		public void sendTexts(List<String> texts) throws IOException {
			ByteArrayOutputStream all = new ByteArrayOutputStream();
			for (String text : texts) {
				all.writeBytes(frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8)));
			}
			write(all.toByteArray());
		}

		/**
		 * Send a frame.
		 * @param fin whether it is the last of its message
		 * @param opcode what it is
		 * @param payload the payload
		 */
		public void sendFrame(boolean fin, int opcode, byte[] payload) throws IOException {
			write(frame(fin, opcode, payload));
		}

		/**
		 * Send a close frame.
		 * @param code the status code, allowed or not
		 * @param reason the reason
		 */
		public void sendClose(int code, String reason) throws IOException {
			byte[] text = reason.getBytes(StandardCharsets.UTF_8);
			sendFrame(true, CLOSE, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
		}

		/**
		 * End TCP with a RST.
		 */
		public void reset() {
			quietly(() -> {
				if (!this.socket.isClosed()) {
					this.socket.setSoLinger(true, 0);
					this.socket.close();
				}
			});
		}

		/**
		 * End TCP.
		 */
		public void end() {
			quietly(this.socket::close);
		}

		/**
		 * Read nothing any more, but for what is being read now: that is not answered.
		 */
		public void stopReading() {
			this.reading = false;
		}

		/**
		 * Leave pings unanswered.
		 */
		public void ignorePings() {
			this.answersPings = false;
		}

		/**
		 * Leave a close frame unanswered.
		 */
		public void ignoreClose() {
			this.answersClose = false;
		}

		/**
		 * Return whether the connection is over, as this side sees it.
		 * @return whether the script has ended
		 */
		public boolean hasEnded() {
			return this.ended.getCount() == 0;
		}

		/**
		 * Return whether the client's end of the TCP connection is gone. Where this side
		 * does not read, it finds out by writing pongs that nobody asked for.
		 * @return whether it is
		 */
		public boolean isGone() {
			if (hasEnded()) {
				return true;
			}
			if (this.reading) {
				return false;
			}
			try {
				sendFrame(true, PONG, new byte[0]);
				return false;
			}
			catch (IOException ex) {
				return true;
			}
		}

		/**
		 * Return what was read.
		 * @return the frames
		 */
		public List<Frame> frames() {
			return this.frames;
		}

		/**
		 * Return the text messages that were read, put together.
		 * @return the texts
		 */
		public List<String> texts() {
			List<String> texts = new ArrayList<>();
			ByteArrayOutputStream text = new ByteArrayOutputStream();
			int opcode = CONTINUATION;
			for (Frame frame : this.frames) {
				if (frame.opcode() <= BINARY) {
					opcode = (frame.opcode() != CONTINUATION) ? frame.opcode() : opcode;
					if (opcode == TEXT) {
						text.writeBytes(frame.payload());
					}
					if (opcode == TEXT && frame.fin()) {
						texts.add(text.toString(StandardCharsets.UTF_8));
						text.reset();
					}
				}
			}
			return texts;
		}

		/**
		 * Return the codes of the close frames that were read.
		 * @return the codes
		 */
		public List<Integer> closeCodes() {
			return this.frames.stream()
				.filter((frame) -> frame.opcode() == CLOSE && frame.payload().length > 1)
				.map((frame) -> ByteBuffer.wrap(frame.payload()).getShort() & 0xffff)
				.toList();
		}

		/**
		 * Return the first line of the request.
		 * @return the line
		 */
		public String requestLine() {
			return this.requestLine;
		}

		/**
		 * Return a header of the request.
		 * @param name its name
		 * @return its value, or an empty text
		 */
		public String header(String name) {
			return this.requestHeaders.getOrDefault(name, "");
		}

		/**
		 * Read a frame.
		 * @return the frame
		 * @throws EOFException at the end
		 */
		public Frame readFrame() throws IOException {
			int first = this.in.readUnsignedByte();
			int second = this.in.readUnsignedByte();
			long length = second & 0x7f;
			if (length == 126) {
				length = this.in.readUnsignedShort();
			}
			else if (length == 127) {
				length = this.in.readLong();
			}
			byte[] mask = new byte[4];
			this.in.readFully(mask);
			byte[] payload = new byte[Math.toIntExact(length)];
			this.in.readFully(payload);
			for (int i = 0; i < payload.length; i++) {
				payload[i] ^= mask[i % 4];
			}
			return new Frame((first & 0x80) != 0, first & 0x0f, payload);
		}

		private void run() {
			try (this.socket) {
				RawServer.this.script.serve(this);
			}
			catch (IOException ex) {
				// The client has gone, or this side ended it: both are the end.
				Thread.onSpinWait();
			}
			catch (Exception ex) {
				throw new IllegalStateException("Script failed", ex);
			}
			finally {
				this.ended.countDown();
			}
		}

		private void awaitReading() throws IOException {
			if (!this.reading) {
				try {
					hang();
				}
				catch (InterruptedException ex) {
					throw new IOException(ex);
				}
			}
		}

		/**
		 * Read up to the end of a line.
		 * @return the line
		 */
		public String readLine() throws IOException {
			StringBuilder line = new StringBuilder();
			for (int c = this.in.readUnsignedByte(); c != '\n'; c = this.in.readUnsignedByte()) {
				line.append((char) c);
			}
			return line.toString().strip();
		}

		private static byte[] frame(boolean fin, int opcode, byte[] payload) {
			ByteBuffer frame = ByteBuffer.allocate(payload.length + 10);
			frame.put((byte) ((fin ? 0x80 : 0) | opcode));
			if (payload.length < 126) {
				frame.put((byte) payload.length);
			}
			else if (payload.length <= 0xffff) {
				frame.put((byte) 126).putShort((short) payload.length);
			}
			else {
				frame.put((byte) 127).putLong(payload.length);
			}
			frame.put(payload).flip();
			byte[] bytes = new byte[frame.remaining()];
			frame.get(bytes);
			return bytes;
		}

		@Override
		public String toString() {
			return this.requestLine.toLowerCase(Locale.ROOT);
		}

	}

}
