package io.github.websocketresilience.logging;

import java.util.HexFormat;

import io.github.websocketresilience.Message;

/**
 * The begin of a payload.
 *
 * @param text a text as it is, to be escaped; of bytes their digits
 * @param bytes how many bytes of the payload that is
 */
record Excerpt(String text, int bytes) {

	/**
	 * Take the begin of a message.
	 * @param message the message
	 * @param limit most bytes
	 * @return no more of it; of a text whole characters only
	 */
	static Excerpt of(Message message, long limit) {
		if (message instanceof Message.Binary binary) {
			int bytes = (int) Math.min(binary.sizeInBytes(), limit);
			return new Excerpt(HexFormat.of().formatHex(binary.bytes(), 0, bytes), bytes);
		}
		return of(((Message.Text) message).text(), limit);
	}

	/**
	 * Take the begin of a text.
	 * @param text the text
	 * @param limit most bytes in UTF-8
	 * @return no more of it, and whole characters only
	 */
	static Excerpt of(String text, long limit) {
		int end = 0;
		int bytes = 0;
		while (end < text.length()) {
			int character = text.codePointAt(end);
			int next = bytes + utf8Length(character);
			if (next > limit) {
				break;
			}
			bytes = next;
			end += Character.charCount(character);
		}
		return new Excerpt(text.substring(0, end), bytes);
	}

	private static int utf8Length(int character) {
		if (character < 0x800) {
			return (character < 0x80) ? 1 : 2;
		}
		return Character.isBmpCodePoint(character) ? 3 : 4;
	}

}
