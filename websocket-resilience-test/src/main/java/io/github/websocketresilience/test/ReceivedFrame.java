package io.github.websocketresilience.test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;

/**
 * A frame as the client sent it, unmasked (RFC 6455, section 5.2).
 */
public final class ReceivedFrame {

	private final Opcode opcode;

	private final boolean fin;

	private final byte[] payload;

	private final Instant at;

	ReceivedFrame(Opcode opcode, boolean fin, byte[] payload, Instant at) {
		this.opcode = opcode;
		this.fin = fin;
		this.payload = payload;
		this.at = at;
	}

	/**
	 * Return what kind of frame it is.
	 * @return the opcode
	 */
	public Opcode opcode() {
		return this.opcode;
	}

	/**
	 * Return whether the frame ends its message.
	 * @return {@code true} if the FIN bit is set
	 */
	public boolean fin() {
		return this.fin;
	}

	/**
	 * Return the payload.
	 * @return a copy
	 */
	public byte[] payload() {
		return this.payload.clone();
	}

	/**
	 * Return the payload as UTF-8, of a close frame the reason.
	 * @return the text
	 */
	public String text() {
		int start = (this.opcode == Opcode.CLOSE) ? Math.min(2, this.payload.length) : 0;
		return new String(this.payload, start, this.payload.length - start, StandardCharsets.UTF_8);
	}

	/**
	 * Return the code of a close frame.
	 * @return the code, 1005 if the frame has none (RFC 6455, section 7.1.5)
	 * @throws IllegalStateException if it is no close frame
	 */
	public int closeCode() {
		if (this.opcode != Opcode.CLOSE) {
			throw new IllegalStateException("No close frame: " + this);
		}
		return (this.payload.length < 2) ? 1005 : ((this.payload[0] & 0xff) << 8) | (this.payload[1] & 0xff);
	}

	/**
	 * Return when the server read it.
	 * @return the instant
	 */
	public Instant at() {
		return this.at;
	}

	int size() {
		return this.payload.length;
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof ReceivedFrame frame && this.opcode == frame.opcode && this.fin == frame.fin
				&& Arrays.equals(this.payload, frame.payload) && this.at.equals(frame.at);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.opcode, this.fin, Arrays.hashCode(this.payload), this.at);
	}

	@Override
	public String toString() {
		String content = switch (this.opcode) {
			case CLOSE -> closeCode() + " " + text();
			case BINARY -> this.payload.length + " bytes";
			default ->
				(this.payload.length > 200) ? text().substring(0, Math.min(200, text().length())) + "..." : text();
		};
		return this.opcode + (this.fin ? " " : " (more follows) ") + content;
	}

}
