package io.github.websocketresilience.sample.page;

import java.io.IOException;

import org.apache.tomcat.websocket.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.standard.StandardWebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.SessionLimitExceededException;

/**
 * A page that looks on. One that does not keep up is closed: it comes again, and is told
 * what it missed.
 */
class Page {

	private static final Logger logger = LoggerFactory.getLogger(Page.class);

	private static final int SEND_TIMEOUT = 1000;

	private static final int MOST_WAITING = 1024 * 1024;

	private final WebSocketSession session;

	private boolean greeted;

	Page(WebSocketSession session) {
		((StandardWebSocketSession) session).getNativeSession()
			.getUserProperties()
			.put(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, (long) SEND_TIMEOUT);
		this.session = new ConcurrentWebSocketSessionDecorator(session, SEND_TIMEOUT, MOST_WAITING);
	}

	boolean isGreeted() {
		return this.greeted;
	}

	void greet(String hello, String state) {
		this.greeted = true;
		send(hello);
		send(state);
	}

	void send(String text) {
		try {
			this.session.sendMessage(new TextMessage(text));
		}
		catch (IOException | IllegalStateException ex) {
			logger.debug("The page has gone", ex);
		}
		catch (SessionLimitExceededException ex) {
			close(ex.getStatus());
		}
	}

	void close(CloseStatus status) {
		try {
			this.session.close(status);
		}
		catch (IOException ex) {
			logger.debug("The page had gone", ex);
		}
	}

}
