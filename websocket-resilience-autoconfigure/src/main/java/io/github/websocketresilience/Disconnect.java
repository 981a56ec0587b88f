package io.github.websocketresilience;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed or a socket ended. Holds no secret: {@link #text()} is always
 * ours, never that of a container's exception, which may hold a URL.
 *
 * @param kind what ended it
 * @param closeCode the status code of the close frame (RFC 6455 section 7.4), or
 * {@code null} if there was none
 * @param closeReason the reason of the close frame, at most 123 bytes, empty if there was
 * none
 * @param httpStatus the status of a refused upgrade (RFC 6455 section 4.1), or
 * {@code null}
 * @param initiator who spoke first
 * @param retryAfter how long the server asked us to stay away, or {@code null}
 * @param openFor how long the socket had been open, zero if it never was
 * @param pausedFor for how much of that time reading was paused
 * @param heartbeatsAnswered how many heartbeats were answered on this socket
 * @param exception the class name of the exception behind it, or {@code null}
 * @param text one line for people, ASCII, without secrets
 */
public record Disconnect(Kind kind, @Nullable Integer closeCode, String closeReason, @Nullable Integer httpStatus,
		Initiator initiator, @Nullable Duration retryAfter, Duration openFor, Duration pausedFor,
		long heartbeatsAnswered, @Nullable String exception, String text) {

	private static final Set<Integer> UNAUTHORIZED_CODES = Set.of(CloseCode.POLICY_VIOLATION.code(),
			CloseCode.UNAUTHORIZED.code(), CloseCode.FORBIDDEN.code());

	private static final Set<Integer> UNAUTHORIZED_STATUSES = Set.of(401, 403);

	/**
	 * Create the description of an end.
	 */
	public Disconnect {
		Objects.requireNonNull(kind, "'kind' must not be null");
		Objects.requireNonNull(initiator, "'initiator' must not be null");
		Objects.requireNonNull(text, "'text' must not be null");
	}

	/**
	 * Describe the failure of an attempt that never opened.
	 * @param kind what ended it
	 * @param text one line for people
	 * @return the description
	 */
	public static Disconnect of(Kind kind, String text) {
		return new Disconnect(kind, null, "", null, kind.initiator(), null, Duration.ZERO, Duration.ZERO, 0, null,
				text);
	}

	/**
	 * Describe a close frame that the peer sent.
	 * @param code its status code; 1005 for a frame without one
	 * @param reason its reason, empty if there was none
	 * @return the description
	 */
	public static Disconnect peerClosed(int code, String reason) {
		String text = "closed by peer with " + CloseCode.describe(code);
		return new Disconnect(Kind.PEER_CLOSED, code, reason, null, Initiator.PEER, null, Duration.ZERO, Duration.ZERO,
				0, null, text);
	}

	/**
	 * Describe a refused upgrade.
	 * @param httpStatus the status of the response
	 * @param retryAfter the parsed {@code Retry-After} header, or {@code null}
	 * @return the description
	 */
	public static Disconnect refused(int httpStatus, @Nullable Duration retryAfter) {
		String text = "upgrade refused with HTTP " + httpStatus;
		if (httpStatus / 100 == 3) {
			text += "; redirects are not followed, configure the final address";
		}
		return new Disconnect(Kind.UPGRADE_REFUSED, null, "", httpStatus, Initiator.PEER, retryAfter, Duration.ZERO,
				Duration.ZERO, 0, null, text);
	}

	/**
	 * Return a copy with the class of the exception behind the end.
	 * @param cause the exception; only its class is kept
	 * @return the copy
	 */
	public Disconnect causedBy(Throwable cause) {
		return new Disconnect(this.kind, this.closeCode, this.closeReason, this.httpStatus, this.initiator,
				this.retryAfter, this.openFor, this.pausedFor, this.heartbeatsAnswered, cause.getClass().getName(),
				this.text);
	}

	/**
	 * Return a copy with the history of the socket that ended.
	 * @param openFor how long it had been open
	 * @param pausedFor for how much of that reading was paused
	 * @param heartbeatsAnswered how many heartbeats were answered
	 * @return the copy
	 */
	public Disconnect after(Duration openFor, Duration pausedFor, long heartbeatsAnswered) {
		return new Disconnect(this.kind, this.closeCode, this.closeReason, this.httpStatus, this.initiator,
				this.retryAfter, openFor, pausedFor, heartbeatsAnswered, this.exception, this.text);
	}

	/**
	 * Return whether two ends are of the same sort: same kind, close code and HTTP
	 * status.
	 * @param other the other end, or {@code null}
	 * @return whether they are alike
	 */
	public boolean isLike(@Nullable Disconnect other) {
		return other != null && this.kind == other.kind && Objects.equals(this.closeCode, other.closeCode)
				&& Objects.equals(this.httpStatus, other.httpStatus);
	}

	/**
	 * Return whether the server did not accept who we said we are: HTTP 401 or 403, or
	 * the close code 1008, 4401 or 4403.
	 * @return whether other credentials may help
	 */
	public boolean isUnauthorized() {
		return (this.closeCode != null && UNAUTHORIZED_CODES.contains(this.closeCode))
				|| (this.httpStatus != null && UNAUTHORIZED_STATUSES.contains(this.httpStatus));
	}

	/**
	 * Who ended it.
	 */
	public enum Initiator {

		/**
		 * This side.
		 */
		US,

		/**
		 * The server.
		 */
		PEER,

		/**
		 * Neither side said anything: the network, or something in between.
		 */
		NETWORK

	}

	/**
	 * What ended an attempt or a socket.
	 */
	public enum Kind {

		/**
		 * {@link WebSocketConnection#close()} or the stop of the application.
		 */
		CLOSE_REQUESTED(Initiator.US),

		/**
		 * {@link WebSocketConnection#reconnect()}.
		 */
		RECONNECT_REQUESTED(Initiator.US),

		/**
		 * The peer sent a close frame.
		 */
		PEER_CLOSED(Initiator.PEER),

		/**
		 * The TCP connection ended without a close frame (1006).
		 */
		CONNECTION_LOST(Initiator.NETWORK),

		/**
		 * No proof of life in time after a heartbeat.
		 */
		HEARTBEAT_TIMEOUT(Initiator.US),

		/**
		 * No message for {@code inbound.max-silence}, and {@code inbound.on-silence} is
		 * {@code reconnect}.
		 */
		SILENCE(Initiator.US),

		/**
		 * One write took longer than {@code outbound.send-timeout}.
		 */
		SEND_TIMEOUT(Initiator.US),

		/**
		 * A write failed.
		 */
		WRITE_FAILED(Initiator.NETWORK),

		/**
		 * More heartbeats and automatic replies waited than may wait.
		 */
		CONTROL_OVERFLOW(Initiator.US),

		/**
		 * The peer broke the protocol, or sent what cannot be decoded.
		 */
		PROTOCOL_ERROR(Initiator.US),

		/**
		 * A message larger than {@code max-message-size} arrived.
		 */
		MESSAGE_TOO_BIG(Initiator.US),

		/**
		 * A pattern of the configuration failed with an error on a text of the peer.
		 */
		PATTERN_FAILED(Initiator.US),

		/**
		 * The attempt took longer than {@code connect-timeout}.
		 */
		CONNECT_TIMEOUT(Initiator.US),

		/**
		 * The host name could not be resolved.
		 */
		UNKNOWN_HOST(Initiator.NETWORK),

		/**
		 * The TCP connection could not be made.
		 */
		CONNECT_FAILED(Initiator.NETWORK),

		/**
		 * The TLS handshake failed.
		 */
		TLS_FAILED(Initiator.NETWORK),

		/**
		 * The server answered the upgrade with something else than 101.
		 */
		UPGRADE_REFUSED(Initiator.PEER),

		/**
		 * The answer to the upgrade was wrong, {@code Sec-WebSocket-Accept} for one (RFC
		 * 6455 section 4.1).
		 */
		HANDSHAKE_INVALID(Initiator.US),

		/**
		 * A {@link HandshakeCustomizer} failed.
		 */
		CUSTOMIZER_FAILED(Initiator.US),

		/**
		 * A bug of ours, or of the transport.
		 */
		INTERNAL_ERROR(Initiator.US);

		private final Initiator initiator;

		Kind(Initiator initiator) {
			this.initiator = initiator;
		}

		Initiator initiator() {
			return this.initiator;
		}

	}

}
