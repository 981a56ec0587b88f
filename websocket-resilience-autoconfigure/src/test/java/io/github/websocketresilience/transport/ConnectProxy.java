package io.github.websocketresilience.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy that knows CONNECT only (RFC 9110 section 9.3.6), and the JVM's selector
 * that sends everything to it.
 */
public final class ConnectProxy extends ProxySelector implements AutoCloseable {

	private final ServerSocket server;

	private final ProxySelector before = ProxySelector.getDefault();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private volatile String challenge = "";

	private volatile String credentials = "";

	private volatile int refusal;

	private volatile boolean endless;

	/**
	 * Start a proxy on an ephemeral port, through which all goes from now on.
	 * @throws IOException if there is no port
	 */
	public ConnectProxy() throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::acceptAll);
		ProxySelector.setDefault(this);
	}

	/**
	 * Demand credentials.
	 * @param scheme how
	 * @param username the name that is accepted
	 * @param password the password that is accepted
	 */
	public void demand(String scheme, String username, String password) {
		this.challenge = scheme + " realm=\"proxy\"";
		this.credentials = "Basic "
				+ Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.ISO_8859_1));
	}

	void refuse(int status) {
		this.refusal = status;
	}

	void answerWithoutEnd() {
		this.endless = true;
	}

	void stop() throws IOException {
		this.server.close();
	}

	/**
	 * Return the requests so far, whole.
	 * @return the requests
	 */
	public List<String> requests() {
		return this.requests;
	}

	@Override
	public List<Proxy> select(URI uri) {
		return List.of(new Proxy(Proxy.Type.HTTP,
				new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.getLocalPort())));
	}

	@Override
	public void connectFailed(URI uri, SocketAddress address, IOException failure) {
		// There is no other.
	}

	@Override
	public void close() throws IOException {
		ProxySelector.setDefault(this.before);
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	private void acceptAll() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			this.sockets.add(client);
			start(() -> serve(client));
		}
	}

	private void serve(Socket client) throws IOException {
		StringBuilder request = new StringBuilder();
		while (request.indexOf("\r\n\r\n") < 0) {
			request.append((char) client.getInputStream().read());
		}
		this.requests.add(request.toString());
		while (this.endless) {
			client.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.ISO_8859_1));
		}
		String answer = answer(request.toString());
		client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
		if (answer.contains(" 200 ")) {
			String port = request.substring(request.indexOf(":") + 1, request.indexOf(" HTTP"));
			Socket server = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
			this.sockets.add(server);
			start(() -> {
				copy(server.getInputStream(), client.getOutputStream());
				client.close();
			});
			copy(client.getInputStream(), server.getOutputStream());
			server.close();
		}
		client.close();
	}

	private String answer(String request) {
		if (this.refusal != 0) {
			return "HTTP/1.1 " + this.refusal + " No\r\nContent-Length: 0\r\n\r\n";
		}
		boolean authorized = request.lines()
			.filter((line) -> line.startsWith("Proxy-Authorization:"))
			.anyMatch((line) -> line.substring("Proxy-Authorization:".length()).trim().equals(this.credentials));
		return (this.challenge.isEmpty() || authorized) ? "HTTP/1.1 200 OK\r\n\r\n"
				: "HTTP/1.1 407 No\r\nProxy-Authenticate: " + this.challenge + "\r\nContent-Length: 0\r\n\r\n";
	}

	private static void copy(InputStream in, OutputStream out) throws IOException {
		in.transferTo(out);
	}

	private static void start(Piping task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// One of both ends has gone.
				Thread.onSpinWait();
			}
		}, "connect-proxy");
		thread.setDaemon(true);
		thread.start();
	}

	@FunctionalInterface
	private interface Piping {

		void run() throws IOException;

	}

}
