package io.github.websocketresilience.transport;

import java.io.IOException;
import java.net.URI;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLContext;

import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Workers;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * What the containers do differently. This class knows the standard's API only; what it
 * cannot say about a session, it leaves to timeouts.
 */
class Container {

	private static final String TOMCAT = "org.apache.tomcat.websocket.WsWebSocketContainer";

	private final WebSocketContainer delegate;

	Container(WebSocketContainer delegate) {
		this.delegate = delegate;
	}

	/**
	 * Describe a container that somebody else owns.
	 * @param container the container
	 * @return its description
	 */
	static Container of(WebSocketContainer container) {
		return (isTomcatThere() && TomcatContainer.supports(container)) ? new TomcatContainer(container)
				: new Container(container);
	}

	static boolean isTomcatThere() {
		return ClassUtils.isPresent(TOMCAT, Container.class.getClassLoader());
	}

	final WebSocketContainer delegate() {
		return this.delegate;
	}

	/**
	 * Return whether {@code afterResponse} is called for 101 responses only.
	 * @return whether a response that is shown is a switch of protocols
	 */
	boolean showsSwitchedOnly() {
		return false;
	}

	/**
	 * Return what the TLS handshake is to be made with.
	 * @param context what was asked for, or {@code null} for the JVM's
	 * @param open tells whether the upgrade was answered
	 * @return a context, or {@code null} to leave it to the container
	 */
	@Nullable SSLContext tls(@Nullable SSLContext context, BooleanSupplier open) {
		return context;
	}

	/**
	 * Connect on the calling thread.
	 * @param endpoint is told of the session
	 * @param config what to send
	 * @param uri the address
	 * @param open tells whether the upgrade was answered
	 * @return the session
	 * @throws DeploymentException if the container says so
	 * @throws IOException if the container says so
	 */
	Session connect(Endpoint endpoint, ClientEndpointConfig config, URI uri, BooleanSupplier open)
			throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, config, uri);
	}

	/**
	 * Say whose close frame it is. Called inside {@code afterConnectionClosed}.
	 * @return who closed
	 */
	CloseOrigin closeOrigin() {
		return CloseOrigin.UNKNOWN;
	}

	/**
	 * Return whether it was compressed data of the peer's that made the container end the
	 * connection.
	 * @param reason what the container said
	 * @return whether the data could not be inflated
	 */
	boolean couldNotInflate(String reason) {
		return false;
	}

	/**
	 * Return whether there are close frames that the container takes without a word, so
	 * that one has to look.
	 * @return whether to look
	 */
	boolean ignoresBrokenCloses() {
		return false;
	}

	/**
	 * Return whether a close frame has been read of which nothing has come so far.
	 * @param session the session
	 * @return whether it reads no more
	 */
	boolean ignoresClose(Session session) {
		return false;
	}

	/**
	 * Return whether the end of a closing handshake that we began is told to nobody, so
	 * that one has to look.
	 * @return whether to look
	 */
	boolean closesSilently() {
		return false;
	}

	/**
	 * Return whether the closing handshake that we began is over.
	 * @param session the session
	 * @return whether it is over
	 */
	boolean isClosed(Session session) {
		return false;
	}

	/**
	 * Try to send a close frame for at most 50 ms where the container has such a bound,
	 * and end the TCP connection.
	 * @param session the session
	 * @param reason what to send
	 * @throws IOException if the container says so; there is nothing left to do
	 */
	void abort(Session session, CloseReason reason) throws IOException {
		session.close(reason);
	}

	/**
	 * Return how to stop reading from a session.
	 * @param session the session
	 * @param workers run what may block
	 * @param time looks whether reading goes on
	 * @return the brake
	 */
	ReadBrake brake(Session session, Workers workers, Time time) {
		return new BlockingReadBrake();
	}

	/**
	 * Release what belongs to the container, if it is ours.
	 */
	void destroy() {
		// Not ours.
	}

	/**
	 * Who sent the close frame first.
	 */
	enum CloseOrigin {

		PEER, LOCAL, UNKNOWN

	}

}
