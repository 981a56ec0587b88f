package io.github.websocketresilience.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Frames as bytes (RFC 6455, section 5.2), also those that no encoder makes.
 */
final class RawFrames {

	private static final int FIN = 0x80;

	private static final int MASKED = 0x80;

	private static final byte[] MASK = { 0x12, 0x34, 0x56, 0x78 };

	private RawFrames() {
	}

	static byte[] text(String text) {
		return frame(FIN | 0x1, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A text that is no UTF-8: an overlong slash (RFC 3629, section 3).
	 */
	static byte[] invalidUtf8() {
		return frame(FIN | 0x1, new byte[] { (byte) 0xc0, (byte) 0xaf });
	}

	/**
	 * Opcode 3, reserved for further kinds of data.
	 */
	static byte[] reservedOpcode() {
		return frame(FIN | 0x3, new byte[0]);
	}

	/**
	 * RSV1 to RSV3, though no extension was negotiated.
	 */
	static byte[] reservedBits(String text) {
		return frame(FIN | 0x70 | 0x1, text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Masked, as only a client may (section 5.1).
	 */
	static byte[] masked(String text) {
		byte[] payload = text.getBytes(StandardCharsets.UTF_8);
		ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
		head(frame, FIN | 0x1, payload.length, MASKED).put(MASK);
		for (int i = 0; i < payload.length; i++) {
			frame.put((byte) (payload[i] ^ MASK[i % 4]));
		}
		return written(frame);
	}

	/**
	 * The head alone of a binary message.
	 */
	static byte[] head(long length) {
		return written(head(ByteBuffer.allocate(10), FIN | 0x2, length, 0));
	}

	private static byte[] frame(int first, byte[] payload) {
		return written(head(ByteBuffer.allocate(10 + payload.length), first, payload.length, 0).put(payload));
	}

	private static ByteBuffer head(ByteBuffer frame, int first, long length, int masked) {
		frame.put((byte) first);
		if (length < 126) {
			return frame.put((byte) (masked | (int) length));
		}
		if (length <= 0xffff) {
			return frame.put((byte) (masked | 126)).putShort((short) length);
		}
		return frame.put((byte) (masked | 127)).putLong(length);
	}

	private static byte[] written(ByteBuffer frame) {
		byte[] bytes = new byte[frame.position()];
		frame.flip().get(bytes);
		return bytes;
	}

}
