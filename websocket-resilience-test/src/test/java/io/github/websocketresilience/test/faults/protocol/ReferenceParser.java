package io.github.websocketresilience.test.faults.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.Message;

/**
 * Reads the frames of a server as RFC 6455 has them, up to the first violation or close
 * frame. Only the demand for the shortest form of a length is left out, which the client
 * does not make.
 */
final class ReferenceParser {

	private final ByteBuffer bytes;

	private final List<Message> messages = new ArrayList<>();

	private final ByteArrayOutputStream message = new ByteArrayOutputStream();

	/** Of the message that has begun, -1 if none has. */
	private int type = -1;

	private ReferenceParser(byte[] bytes) {
		this.bytes = ByteBuffer.wrap(bytes);
	}

	/**
	 * Return the messages that are complete before the first violation.
	 */
	static List<Message> messages(byte[] bytes) {
		ReferenceParser parser = new ReferenceParser(bytes);
		try {
			while (parser.isFrameRead()) {
				// the next one
			}
		}
		catch (BufferUnderflowException | CharacterCodingException ex) {
			// cut short, or no UTF-8: what came before counts
			return parser.messages;
		}
		return parser.messages;
	}

	/**
	 * Read a frame.
	 * @return {@code false} if nothing counts that comes from here on
	 */
	private boolean isFrameRead() throws CharacterCodingException {
		int first = this.bytes.get() & 0xff;
		int second = this.bytes.get() & 0xff;
		int opcode = first & 0x0f;
		boolean fin = (first & WireFrame.FIN) != 0;
		boolean control = opcode >= WireFrame.CLOSE;
		if ((first & 0x70) != 0 || (second & 0x80) != 0) {
			return false;
		}
		long length = switch (second) {
			case 126 -> this.bytes.getShort() & 0xffff;
			case 127 -> this.bytes.getLong();
			default -> second;
		};
		if (control) {
			return fin && length <= 125 && (opcode == WireFrame.PING || opcode == WireFrame.PONG)
					&& payload(length).length == length;
		}
		boolean continues = opcode == WireFrame.CONTINUATION;
		if (opcode > WireFrame.BINARY || continues != (this.type >= 0) || length < 0) {
			return false;
		}
		this.type = continues ? this.type : opcode;
		this.message.writeBytes(payload(length));
		if (fin) {
			complete();
		}
		return true;
	}

	private void complete() throws CharacterCodingException {
		byte[] payload = this.message.toByteArray();
		this.messages.add((this.type == WireFrame.TEXT)
				? new Message.Text(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString())
				: new Message.Binary(payload));
		this.message.reset();
		this.type = -1;
	}

	private byte[] payload(long length) {
		if (length > this.bytes.remaining()) {
			throw new BufferUnderflowException();
		}
		byte[] payload = new byte[(int) length];
		this.bytes.get(payload);
		return payload;
	}

}
