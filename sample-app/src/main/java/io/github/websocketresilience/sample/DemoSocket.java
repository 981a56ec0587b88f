package io.github.websocketresilience.sample;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import org.apache.tomcat.websocket.WsSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.Assert;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * A socket of the server that can fall silent, or be dropped, as a broken network does
 * it.
 */
class DemoSocket {

	private static final Logger logger = LoggerFactory.getLogger(DemoSocket.class);

	private final WebSocketSession session;

	private final WsSession nativeSession;

	private @Nullable Instant silentUntil;

	DemoSocket(WebSocketSession session) {
		this.session = session;
		WsSession tomcat = ((NativeWebSocketSession) session).getNativeSession(WsSession.class);
		Assert.state(tomcat != null, "the demonstration needs Tomcat");
		this.nativeSession = tomcat;
	}

	synchronized void send(String text) {
		if (this.silentUntil != null || !this.session.isOpen()) {
			return;
		}
		try {
			this.session.sendMessage(new TextMessage(text));
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("The socket ended while it was written to", ex);
		}
	}

	/**
	 * Read and write nothing for a while. To say nothing is not enough: the container
	 * would go on answering pings.
	 * @param duration for how long
	 */
	synchronized void silence(Duration duration) {
		if (this.silentUntil == null) {
			this.nativeSession.suspend();
		}
		this.silentUntil = Instant.now().plus(duration);
	}

	synchronized void endSilenceWhenOver() {
		if (this.silentUntil != null && Instant.now().isAfter(this.silentUntil)) {
			this.silentUntil = null;
			this.nativeSession.resume();
		}
	}

	/**
	 * End TCP without a close frame. Tomcat has no call for it, but ends TCP at once when
	 * the close frame cannot be written, and an interrupted thread cannot write.
	 */
	void drop() {
		Thread.currentThread().interrupt();
		try {
			this.nativeSession.close(new CloseReason(CloseCodes.CLOSED_ABNORMALLY, null));
		}
		catch (IOException ex) {
			logger.debug("The socket had ended before it was dropped", ex);
		}
		finally {
			Thread.interrupted();
		}
	}

}
