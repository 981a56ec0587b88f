package io.github.websocketresilience.transport;

import java.nio.ByteBuffer;
import java.util.function.Function;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Transport.Attempt;
import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * The reader of one socket. Nothing may escape from it: Spring would close the session
 * with 1011, and an error on Tomcat's read side can leave it open but deaf.
 */
final class SocketHandler implements WebSocketHandler {

	private static final int TOO_BIG = 1009;

	private static final int UNEXPECTED = 1011;

	private final Attempt attempt;

	private final Function<WebSocketSession, SpringSocket> open;

	private final long maxMessageSize;

	private final Inbound inbound;

	private volatile @Nullable SpringSocket socket;

	private volatile @Nullable Throwable transportError;

	/**
	 * Create the reader of one attempt.
	 * @param attempt is told what arrives
	 * @param open makes the socket, and tells that it is open
	 * @param maxMessageSize the largest message in bytes
	 */
	SocketHandler(Attempt attempt, Function<WebSocketSession, SpringSocket> open, long maxMessageSize) {
		this.attempt = attempt;
		this.open = open;
		this.maxMessageSize = maxMessageSize;
		this.inbound = new Inbound(maxMessageSize);
	}

	@Nullable SpringSocket socket() {
		return this.socket;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		SpringSocket socket = this.open.apply(session);
		this.socket = socket;
		try {
			this.attempt.opened(socket, (session.getAcceptedProtocol() != null) ? session.getAcceptedProtocol() : "");
			socket.wasTold();
		}
		catch (Throwable ex) {
			unexpected(socket, ex);
		}
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		SpringSocket socket = this.socket;
		if (socket == null || socket.hasEnded()) {
			return;
		}
		ReadBrake brake = socket.brake();
		brake.callbackBegins();
		try {
			dispatch(socket, message);
		}
		catch (Throwable ex) {
			unexpected(socket, ex);
		}
		brake.callbackEnds();
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		// The close that follows says what came of it, and is told.
		this.transportError = exception;
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		SpringSocket socket = this.socket;
		if (socket == null) {
			return;
		}
		try {
			socket.containerClosed(status.getCode(), (status.getReason() != null) ? status.getReason() : "",
					this.transportError);
		}
		catch (Throwable ex) {
			unexpected(socket, ex);
		}
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

	private void dispatch(SpringSocket socket, WebSocketMessage<?> message) {
		if (message instanceof TextMessage text) {
			onText(socket, text.getPayload(), text.isLast());
		}
		else if (message instanceof BinaryMessage binary) {
			onBinary(socket, binary.getPayload(), binary.isLast());
		}
		else if (message instanceof PongMessage pong) {
			this.attempt.pong(Inbound.toArray(pong.getPayload()));
		}
	}

	private void onText(SpringSocket socket, String piece, boolean last) {
		if (!this.inbound.fits(piece, last)) {
			tooBig(socket);
		}
		else if (last) {
			this.attempt.text(this.inbound.complete(piece));
		}
		else {
			this.inbound.add(piece);
			this.attempt.piece();
		}
	}

	private void onBinary(SpringSocket socket, ByteBuffer piece, boolean last) {
		if (!this.inbound.fits(piece)) {
			tooBig(socket);
		}
		else if (last) {
			this.attempt.binary(this.inbound.complete(piece));
		}
		else {
			this.inbound.add(piece);
			this.attempt.piece();
		}
	}

	private void tooBig(SpringSocket socket) {
		socket.fail(
				Disconnects.local(Kind.MESSAGE_TOO_BIG, TOO_BIG,
						"a message larger than 'max-message-size' (" + this.maxMessageSize + " bytes) arrived"),
				TOO_BIG);
	}

	private void unexpected(SpringSocket socket, Throwable cause) {
		socket.fail(Disconnect.of(Kind.INTERNAL_ERROR, "handling what arrived failed").causedBy(cause), UNEXPECTED);
	}

}
