package io.github.websocketresilience;

import java.util.Optional;

/**
 * The close codes of RFC 6455 section 7.4.1 and the IANA WebSocket registry, with what
 * they mean to a client.
 */
public enum CloseCode {

	/** The purpose of the connection is fulfilled. */
	NORMAL(1000, "normal"),

	/** The server goes down or a page is left. */
	GOING_AWAY(1001, "going away"),

	/** The other side broke the protocol. */
	PROTOCOL_ERROR(1002, "protocol error"),

	/** A type of data that the other side does not take. */
	UNSUPPORTED_DATA(1003, "unsupported data"),

	/** The close frame carried no code; never sent. */
	NO_STATUS(1005, "no status"),

	/** The connection ended without a close frame; never sent. */
	ABNORMAL(1006, "abnormal"),

	/** Data that does not fit the type of the message. */
	INVALID_PAYLOAD(1007, "invalid payload"),

	/** A policy of the other side was violated. */
	POLICY_VIOLATION(1008, "policy violation"),

	/** A message that was too big for the other side. */
	MESSAGE_TOO_BIG(1009, "message too big"),

	/** The server did not negotiate an extension that the client needs. */
	MISSING_EXTENSION(1010, "missing extension"),

	/** The server met an unexpected condition. */
	INTERNAL_ERROR(1011, "internal error"),

	/** The server restarts; come back after 5 to 30 seconds. */
	SERVICE_RESTART(1012, "service restart"),

	/** The server is overloaded; use another one, or come back later. */
	TRY_AGAIN_LATER(1013, "try again later"),

	/** A gateway got an invalid answer from the server behind it. */
	BAD_GATEWAY(1014, "bad gateway"),

	/** The TLS handshake failed; never sent. */
	TLS_HANDSHAKE(1015, "TLS handshake"),

	/** Widely used by servers: the credentials are missing or have expired. */
	UNAUTHORIZED(4401, "unauthorized"),

	/** Widely used by servers: the credentials do not suffice. */
	FORBIDDEN(4403, "forbidden");

	private final int code;

	private final String meaning;

	CloseCode(int code, String meaning) {
		this.code = code;
		this.meaning = meaning;
	}

	/**
	 * Return the number on the wire.
	 * @return the code
	 */
	public int code() {
		return this.code;
	}

	/**
	 * Return what the code means.
	 * @return a few words in lower case
	 */
	public String meaning() {
		return this.meaning;
	}

	/**
	 * Look a number up.
	 * @param code the number
	 * @return the code, or empty if it is private or not registered
	 */
	public static Optional<CloseCode> of(int code) {
		for (CloseCode candidate : values()) {
			if (candidate.code == code) {
				return Optional.of(candidate);
			}
		}
		return Optional.empty();
	}

	/**
	 * Describe a number for people.
	 * @param code the number
	 * @return the number and its meaning if there is one, {@code 1001 (going away)}
	 */
	public static String describe(int code) {
		return of(code).map((known) -> code + " (" + known.meaning + ")").orElseGet(() -> Integer.toString(code));
	}

}
