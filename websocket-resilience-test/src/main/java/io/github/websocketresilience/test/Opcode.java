package io.github.websocketresilience.test;

/**
 * What a frame is (RFC 6455, section 11.8).
 */
public enum Opcode {

	/**
	 * A further fragment of a message.
	 */
	CONTINUATION,

	/**
	 * A text, or its first fragment.
	 */
	TEXT,

	/**
	 * A binary message, or its first fragment.
	 */
	BINARY,

	/**
	 * The closing handshake.
	 */
	CLOSE,

	/**
	 * A ping.
	 */
	PING,

	/**
	 * A pong.
	 */
	PONG

}
