package io.github.websocketresilience;

import java.util.Arrays;
import java.util.Objects;

/**
 * One WebSocket data message (RFC 6455 section 5.6), text or binary. Immutable.
 */
public sealed interface Message {

	/**
	 * Return the size of the payload as it goes over the wire, uncompressed.
	 * @return the number of bytes; of a text its length in UTF-8
	 */
	int sizeInBytes();

	/**
	 * A text message.
	 *
	 * @param text the payload. It must be well-formed UTF-16: RFC 6455 section 8.1
	 * forbids what cannot be encoded as UTF-8
	 */
	record Text(String text) implements Message {

		/**
		 * Create a text message.
		 * @throws IllegalArgumentException if {@code text} holds an unpaired surrogate
		 */
		public Text {
			Objects.requireNonNull(text, "'text' must not be null");
			utf8Length(text);
		}

		@Override
		public int sizeInBytes() {
			return utf8Length(this.text);
		}

		/**
		 * Payloads may hold secrets, so only the size is shown.
		 */
		@Override
		public String toString() {
			return "Text[" + sizeInBytes() + " bytes]";
		}

		private static int utf8Length(String text) {
			int length = text.length();
			int bytes = length;
			for (int i = 0; i < length; i++) {
				char c = text.charAt(i);
				if (c >= 0x80) {
					bytes += (c < 0x800) ? 1 : 2;
					if (Character.isSurrogate(c)) {
						if (Character.isLowSurrogate(c) || i + 1 == length
								|| !Character.isLowSurrogate(text.charAt(i + 1))) {
							throw new IllegalArgumentException("'text' has an unpaired surrogate at index " + i
									+ " and cannot be encoded as UTF-8");
						}
						// A pair is four bytes for two chars: two more than counted so
						// far for both.
						i++;
					}
				}
			}
			return bytes;
		}

	}

	/**
	 * A binary message.
	 *
	 * @param bytes the payload, copied on the way in and on the way out
	 */
	record Binary(byte[] bytes) implements Message {

		/**
		 * Create a binary message of a copy of the bytes.
		 */
		public Binary {
			bytes = bytes.clone();
		}

		@Override
		public byte[] bytes() {
			return this.bytes.clone();
		}

		@Override
		public int sizeInBytes() {
			return this.bytes.length;
		}

		@Override
		public boolean equals(Object other) {
			return other instanceof Binary binary && Arrays.equals(this.bytes, binary.bytes);
		}

		@Override
		public int hashCode() {
			return Arrays.hashCode(this.bytes);
		}

		/**
		 * Payloads may hold secrets, so only the size is shown.
		 */
		@Override
		public String toString() {
			return "Binary[" + this.bytes.length + " bytes]";
		}

	}

}
