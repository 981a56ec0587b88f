package io.github.websocketresilience.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A WebSocket server (RFC 6455) for tests, in this JVM and on a loopback address. It does
 * what a script says for each attempt to connect, counted from 1, and remembers what it
 * saw. Without a script it accepts, answers pings and close frames, and says nothing.
 * <p>
 * All methods may be called by any thread.
 */
public final class ScriptedWebSocketServer implements AutoCloseable {

	private final Attempts attempts = new Attempts();

	private final @Nullable ServerCertificate certificate;

	private final Listener listener;

	/**
	 * Create a server on 127.0.0.1 and a port that is free.
	 */
	public ScriptedWebSocketServer() {
		this(loopback());
	}

	/**
	 * Create a server.
	 * @param address a loopback address, with port 0 for one that is free
	 */
	public ScriptedWebSocketServer(InetSocketAddress address) {
		this(address, null);
	}

	private ScriptedWebSocketServer(InetSocketAddress address, @Nullable ServerCertificate certificate) {
		if (address.getAddress() == null || !address.getAddress().isLoopbackAddress()) {
			throw new IllegalArgumentException("Not a loopback address: " + address);
		}
		this.certificate = certificate;
		this.listener = new Listener(address, this.attempts, certificate);
	}

	/**
	 * Create a server that speaks TLS, on 127.0.0.1 and a port that is free, with a
	 * certificate made for it.
	 * @return a server that has not been started
	 */
	public static ScriptedWebSocketServer secure() {
		return secure(loopback());
	}

	/**
	 * Create a server that speaks TLS, with a certificate made for it.
	 * @param address a loopback address, with port 0 for one that is free
	 * @return a server that has not been started
	 */
	public static ScriptedWebSocketServer secure(InetSocketAddress address) {
		return new ScriptedWebSocketServer(address, ServerCertificate.create(address.getAddress()));
	}

	private static InetSocketAddress loopback() {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
	}

	/**
	 * Listen, after a {@link #stop()} on the port of before. Has no effect on a server
	 * that listens.
	 * @return this
	 */
	public ScriptedWebSocketServer start() {
		this.listener.start();
		return this;
	}

	/**
	 * Close the port and end all connections as the death of a process does: without a
	 * close frame. Scripts and records stay.
	 */
	public void stop() {
		this.listener.stop();
	}

	/**
	 * Stop for good.
	 */
	@Override
	public void close() {
		this.listener.close();
	}

	/**
	 * Forget scripts and records, end all connections with RST, and listen. The next
	 * attempt is the first.
	 */
	public void reset() {
		this.listener.forgetAll();
		start();
	}

	/**
	 * Return the address to connect to.
	 * @return a ws address, wss if the server speaks TLS
	 * @throws IllegalStateException if the server was never started
	 */
	public URI uri() {
		return uri("/");
	}

	/**
	 * Return an address to connect to. The server takes every path.
	 * @param path path and query, from the slash on
	 * @return a ws address, wss if the server speaks TLS
	 * @throws IllegalStateException if the server was never started
	 */
	public URI uri(String path) {
		InetSocketAddress address = this.listener.address();
		String host = address.getAddress().getHostAddress();
		String scheme = (this.certificate != null) ? "wss" : "ws";
		return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + path);
	}

	/**
	 * Return the port.
	 * @return the port, the same after every start
	 * @throws IllegalStateException if the server was never started
	 */
	public int port() {
		return this.listener.address().getPort();
	}

	/**
	 * Return what makes a client trust the server.
	 * @return a context that trusts this server alone
	 * @throws IllegalStateException if the server speaks no TLS
	 */
	public SSLContext clientSslContext() {
		return requireCertificate().clientContext();
	}

	/**
	 * Return the certificate, for the truststore of an SSL bundle.
	 * @return the certificate as PEM
	 * @throws IllegalStateException if the server speaks no TLS
	 */
	public String certificatePem() {
		return requireCertificate().pem();
	}

	private ServerCertificate requireCertificate() {
		if (this.certificate == null) {
			throw new IllegalStateException("The server speaks no TLS");
		}
		return this.certificate;
	}

	/**
	 * Hang in the TLS handshake: take TCP connections from now on, and say nothing to
	 * what the client begins TLS with. What hangs is no attempt, since no request is
	 * read; it stays until the client ends it, {@link #dropAll()} or {@link #stop()}.
	 * Connections that are there already go on.
	 * @param hang whether to hang; {@link #reset()} ends it as well
	 * @return this
	 * @throws IllegalStateException if the server speaks no TLS
	 */
	public ScriptedWebSocketServer hangInTlsHandshake(boolean hang) {
		requireCertificate();
		this.listener.hangInTlsHandshake(hang);
		return this;
	}

	/**
	 * Return the script of an attempt, to write it.
	 * @param number which attempt, from 1
	 * @return its script, at first as after {@link AttemptScript#accept()}
	 */
	public AttemptScript attempt(int number) {
		return this.attempts.script(number);
	}

	/**
	 * Return the script of all attempts that have none of their own, to write it.
	 * @return the script
	 */
	public AttemptScript otherAttempts() {
		return this.attempts.otherwise();
	}

	/**
	 * Return how many attempts came.
	 * @return the number of requests that were read
	 */
	public int attempts() {
		return this.attempts.count();
	}

	/**
	 * Return the attempts that came, the last 20,000 of them.
	 * @return a copy, in order
	 */
	public List<ServerConnection> connections() {
		return this.attempts.all();
	}

	/**
	 * Return an attempt that came.
	 * @param number which one, from 1
	 * @return the attempt
	 * @throws IllegalStateException if it has not come, or is forgotten
	 */
	public ServerConnection connection(int number) {
		ServerConnection connection = this.attempts.find(number);
		if (connection == null) {
			throw new IllegalStateException("No attempt " + number + ", " + attempts() + " so far");
		}
		return connection;
	}

	/**
	 * Wait for an attempt.
	 * @param number which one, from 1
	 * @param timeout how long to wait
	 * @return the attempt, its request read but perhaps not yet answered
	 * @throws AssertionError if it does not come in time
	 */
	public ServerConnection awaitAttempt(int number, Duration timeout) {
		return this.attempts.await(number, timeout);
	}

	/**
	 * End all connections with RST.
	 */
	public void dropAll() {
		this.listener.resetAll();
	}

}
