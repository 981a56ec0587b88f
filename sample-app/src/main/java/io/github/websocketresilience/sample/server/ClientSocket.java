package io.github.websocketresilience.sample.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

import org.apache.tomcat.websocket.Constants;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * The server's end of a socket, which can be late, fall silent, or be dropped, as a
 * broken network does it.
 */
class ClientSocket {

	private static final Logger logger = LoggerFactory.getLogger(ClientSocket.class);

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(5);

	private static final int MOST_LATE = 1024 * 1024;

	private final WebSocketSession session;

	private final WsSession tomcat;

	private final Dialect dialect;

	private final Delay delay;

	private final Queue<Late> late = new ArrayDeque<>();

	private int lateChars;

	private @Nullable Instant silentUntil;

	private volatile Instant heard = Instant.now();

	ClientSocket(WebSocketSession session, Dialect dialect, Delay delay) {
		this.session = session;
		this.dialect = dialect;
		this.delay = delay;
		WsSession tomcat = ((NativeWebSocketSession) session).getNativeSession(WsSession.class);
		Assert.state(tomcat != null, "the demonstration needs Tomcat");
		this.tomcat = tomcat;
		tomcat.getUserProperties().put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, SEND_TIMEOUT.toMillis());
	}

	Dialect dialect() {
		return this.dialect;
	}

	/**
	 * Return what the client said of itself when it connected.
	 * @param name a parameter of the query
	 * @return its value, or {@code null}
	 */
	@Nullable String parameter(String name) {
		return (String) this.session.getAttributes().get(name);
	}

	/**
	 * Send a text, later if the server is slow, and nothing if too much is late already.
	 * @param text the text, well-formed
	 * @return whether it was sent or will be
	 */
	synchronized boolean send(String text) {
		if (this.silentUntil != null || !this.session.isOpen()) {
			return false;
		}
		Duration wait = this.delay.now();
		if (wait.isZero() && this.late.isEmpty()) {
			return write(new TextMessage(text));
		}
		if (this.lateChars + text.length() > MOST_LATE) {
			return false;
		}
		this.lateChars += text.length();
		return this.late.add(new Late(Instant.now().plus(wait), text));
	}

	synchronized void ping() {
		if (this.silentUntil == null) {
			write(new PingMessage());
		}
	}

	/**
	 * Read and write nothing for a while. To say nothing is not enough: the container
	 * would go on answering pings.
	 * @param until for how long
	 */
	synchronized void silence(Instant until) {
		if (this.silentUntil == null) {
			this.tomcat.suspend();
		}
		this.silentUntil = until;
	}

	/**
	 * Do what is due: send what is late, end a silence.
	 */
	void tick() {
		Instant now = Instant.now();
		sendLate(now);
		if (endSilence(now)) {
			// Reads on this thread
			this.tomcat.resume();
		}
	}

	private synchronized void sendLate(Instant now) {
		while (this.silentUntil == null && !this.late.isEmpty() && !this.late.element().due().isAfter(now)) {
			String text = this.late.remove().text();
			this.lateChars -= text.length();
			write(new TextMessage(text));
		}
	}

	private synchronized boolean endSilence(Instant now) {
		boolean over = this.silentUntil != null && now.isAfter(this.silentUntil);
		if (over) {
			this.silentUntil = null;
			this.heard = now;
		}
		return over;
	}

	synchronized boolean isSilent() {
		return this.silentUntil != null;
	}

	void heard() {
		this.heard = Instant.now();
	}

	boolean heardSince(Instant instant) {
		return this.heard.isAfter(instant);
	}

	void close(CloseStatus status) {
		try {
			this.session.close(status);
		}
		catch (IOException ex) {
			logger.debug("The socket had ended before it was closed", ex);
		}
	}

	/**
	 * End TCP without a close frame. Tomcat has no call for it, but ends TCP at once when
	 * the close frame cannot be written, and an interrupted thread cannot write.
	 */
	void drop() {
		Thread.currentThread().interrupt();
		try {
			close(new CloseStatus(CloseStatus.GOING_AWAY.getCode()));
		}
		finally {
			Thread.interrupted();
		}
	}

	private boolean write(WebSocketMessage<?> message) {
		try {
			this.session.sendMessage(message);
			return true;
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("The socket ended while it was written to", ex);
			return false;
		}
	}

	/**
	 * A text that waits.
	 *
	 * @param due when it is sent
	 * @param text the text
	 */
	private record Late(Instant due, String text) {
	}

}
