package io.github.websocketresilience.test.faults.protocol;

import java.util.List;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a case, as the application and the server see it.
 *
 * @param delivered the messages that listeners get, in order
 * @param kind what ended the socket or the attempt, {@code null} if the socket stays
 * @param code the close code, or HTTP status, that the application is told, {@code null}
 * if none
 * @param sent the close code that the server gets, 1005 for a close frame without one,
 * {@code null} if it gets no close frame
 * @param pongs the payloads of the pongs that the server gets
 */
record Outcome(List<Message> delivered, @Nullable Kind kind, @Nullable Integer code, @Nullable Integer sent,
		List<String> pongs) {

	private static final int PROTOCOL_ERROR = 1002;

	/**
	 * The socket stays.
	 */
	static Outcome stays(Message... delivered) {
		return new Outcome(List.of(delivered), null, null, null, List.of());
	}

	/**
	 * The client fails the connection (RFC 6455, section 7.1.7) with 1002.
	 */
	static Outcome fails(Message... delivered) {
		return fails(PROTOCOL_ERROR, delivered);
	}

	static Outcome fails(int code, Message... delivered) {
		return new Outcome(List.of(delivered), Kind.PROTOCOL_ERROR, code, code, List.of());
	}

	static Outcome tooBig(Message... delivered) {
		return new Outcome(List.of(delivered), Kind.MESSAGE_TOO_BIG, 1009, 1009, List.of());
	}

	/**
	 * The server closes, and the client answers.
	 */
	static Outcome closed(int told, int answered, Message... delivered) {
		return new Outcome(List.of(delivered), Kind.PEER_CLOSED, told, answered, List.of());
	}

	static Outcome ends(Kind kind, @Nullable Integer sent, Message... delivered) {
		return new Outcome(List.of(delivered), kind, null, sent, List.of());
	}

	/**
	 * The attempt fails, and no socket opens.
	 */
	static Outcome invalid() {
		return ends(Kind.HANDSHAKE_INVALID, null);
	}

	static Outcome refused(int status) {
		return new Outcome(List.of(), Kind.UPGRADE_REFUSED, status, null, List.of());
	}

	/**
	 * The same, after pings that were answered.
	 */
	Outcome answering(String... pongs) {
		return new Outcome(this.delivered, this.kind, this.code, this.sent, List.of(pongs));
	}

	static Message text(String text) {
		return new Message.Text(text);
	}

	static Message binary(byte[] bytes) {
		return new Message.Binary(bytes);
	}

	static Outcome of(List<Message> delivered, @Nullable Disconnect disconnect, @Nullable Integer sent,
			List<String> pongs) {
		if (disconnect == null) {
			return new Outcome(delivered, null, null, sent, pongs);
		}
		Integer code = (disconnect.httpStatus() != null) ? disconnect.httpStatus() : disconnect.closeCode();
		return new Outcome(delivered, disconnect.kind(), code, sent, pongs);
	}

	/**
	 * Say it for the page.
	 * @return a text for a cell of a table
	 */
	String describe() {
		return messages() + end();
	}

	private String messages() {
		return count(this.delivered.size(), "message", "delivered") + count(this.pongs.size(), "pong", "sent");
	}

	private static String count(int count, String what, String done) {
		return switch (count) {
			case 0 -> "";
			case 1 -> what + " " + done + ", ";
			default -> count + " " + what + "s " + done + ", ";
		};
	}

	private String end() {
		if (this.kind == null) {
			return "stays open";
		}
		String told = "`" + this.kind + "`" + ((this.code != null) ? " " + this.code : "");
		return told + ((this.sent != null) ? ", sends " + sent(this.sent) : "");
	}

	private static String sent(int code) {
		return (code != 1005) ? String.valueOf(code) : "a close frame without code";
	}

}
