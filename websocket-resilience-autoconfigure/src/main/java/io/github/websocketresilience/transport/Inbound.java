package io.github.websocketresilience.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Puts the pieces of a message together, in a buffer that is there only while a message
 * of several pieces comes. Used by one reader at a time.
 */
final class Inbound {

	private static final int UTF8_BYTES_PER_CHAR = 3;

	private final long limit;

	private long bytes;

	private @Nullable StringBuilder text;

	private @Nullable ByteArrayOutputStream binary;

	Inbound(long limit) {
		this.limit = limit;
	}

	/**
	 * Count a piece.
	 * @param piece the piece
	 * @param last whether it is the last one; then it is counted only if need be
	 * @return whether the message so far is not larger than the limit
	 */
	boolean fits(String piece, boolean last) {
		if (last && this.bytes + (long) piece.length() * UTF8_BYTES_PER_CHAR <= this.limit) {
			return true;
		}
		this.bytes += utf8Length(piece);
		return this.bytes <= this.limit;
	}

	boolean fits(ByteBuffer piece) {
		this.bytes += piece.remaining();
		return this.bytes <= this.limit;
	}

	void add(String piece) {
		if (this.text == null) {
			this.text = new StringBuilder(piece.length() * 2);
		}
		this.text.append(piece);
	}

	void add(ByteBuffer piece) {
		if (this.binary == null) {
			this.binary = new ByteArrayOutputStream(piece.remaining() * 2);
		}
		this.binary.writeBytes(toArray(piece));
	}

	String complete(String last) {
		this.bytes = 0;
		if (this.text == null) {
			return last;
		}
		String whole = this.text.append(last).toString();
		this.text = null;
		return whole;
	}

	byte[] complete(ByteBuffer last) {
		this.bytes = 0;
		if (this.binary == null) {
			return toArray(last);
		}
		this.binary.writeBytes(toArray(last));
		byte[] whole = this.binary.toByteArray();
		this.binary = null;
		return whole;
	}

	static byte[] toArray(ByteBuffer buffer) {
		byte[] bytes = new byte[buffer.remaining()];
		buffer.get(bytes);
		return bytes;
	}

	private static long utf8Length(CharSequence piece) {
		long length = 0;
		for (int i = 0; i < piece.length(); i++) {
			char c = piece.charAt(i);
			if (c < 0x80) {
				length++;
			}
			else if (c < 0x800 || Character.isSurrogate(c)) {
				length += 2;
			}
			else {
				length += UTF8_BYTES_PER_CHAR;
			}
		}
		return length;
	}

}
