package io.github.websocketresilience.test.faults.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Frames of a server as bytes (RFC 6455, section 5.2), right and wrong ones.
 */
final class WireFrame {

	static final int FIN = 0x80;

	static final int RSV1 = 0x40;

	static final int RSV2 = 0x20;

	static final int RSV3 = 0x10;

	static final int CONTINUATION = 0x0;

	static final int TEXT = 0x1;

	static final int BINARY = 0x2;

	static final int CLOSE = 0x8;

	static final int PING = 0x9;

	static final int PONG = 0xa;

	private WireFrame() {
	}

	static byte[] text(String text) {
		return frame(FIN | TEXT, bytes(text));
	}

	static byte[] text(byte[] payload) {
		return frame(FIN | TEXT, payload);
	}

	static byte[] binary(byte[] payload) {
		return frame(FIN | BINARY, payload);
	}

	/**
	 * Any frame, its length in as few bytes as it can be.
	 */
	static byte[] frame(int first, byte[] payload) {
		if (payload.length < 126) {
			return frame(first, new byte[] { (byte) payload.length }, payload);
		}
		if (payload.length <= 0xffff) {
			return frame(first, lengthOf16(payload.length), payload);
		}
		return frame(first, lengthOf64(payload.length), payload);
	}

	static byte[] frame(int first, String payload) {
		return frame(first, bytes(payload));
	}

	static byte[] frame(int first, byte[] length, byte[] payload) {
		return concat(new byte[] { (byte) first }, length, payload);
	}

	static byte[] lengthOf16(int length) {
		return ByteBuffer.allocate(3).put((byte) 126).putShort((short) length).array();
	}

	static byte[] lengthOf64(long length) {
		return ByteBuffer.allocate(9).put((byte) 127).putLong(length).array();
	}

	static byte[] masked(int first, String payload) {
		byte[] masked = bytes(payload);
		byte[] key = { 0x12, 0x34, 0x56, 0x78 };
		for (int i = 0; i < masked.length; i++) {
			masked[i] ^= key[i % key.length];
		}
		return concat(new byte[] { (byte) first, (byte) (0x80 | masked.length) }, key, masked);
	}

	static byte[] close(int code, String reason) {
		return close(code, bytes(reason));
	}

	static byte[] close(int code, byte[] reason) {
		return frame(FIN | CLOSE, concat(new byte[] { (byte) (code >> 8), (byte) code }, reason));
	}

	static byte[] hex(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

}
