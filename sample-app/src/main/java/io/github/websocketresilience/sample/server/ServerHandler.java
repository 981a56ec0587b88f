package io.github.websocketresilience.sample.server;

import java.util.function.Function;

import io.github.websocketresilience.sample.server.Dialect.UnspeakableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * An endpoint of the server. The base class closes sockets that send bytes with 1003, the
 * container those that send more than 8 KiB with 1009.
 */
class ServerHandler extends TextWebSocketHandler {

	private static final Logger logger = LoggerFactory.getLogger(ServerHandler.class);

	private final Sockets sockets;

	private final Delay delay;

	private final Function<WebSocketSession, Dialect> dialects;

	ServerHandler(Sockets sockets, Delay delay, Function<WebSocketSession, Dialect> dialects) {
		this.sockets = sockets;
		this.delay = delay;
		this.dialects = dialects;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		ClientSocket socket = new ClientSocket(session, this.dialects.apply(session), this.delay);
		this.sockets.add(session.getId(), socket);
		socket.dialect().opened(socket);
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		this.sockets.find(session.getId()).ifPresent((socket) -> {
			socket.heard();
			try {
				socket.dialect().received(socket, message.getPayload());
			}
			catch (UnspeakableException ex) {
				socket.close(ex.status());
			}
		});
	}

	@Override
	protected void handlePongMessage(WebSocketSession session, PongMessage message) {
		this.sockets.find(session.getId()).ifPresent(ClientSocket::heard);
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		logger.debug("A socket failed", exception);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.sockets.remove(session.getId());
	}

}
