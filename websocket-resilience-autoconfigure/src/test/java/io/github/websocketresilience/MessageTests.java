package io.github.websocketresilience;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link Message}.
 */
class MessageTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "\u0000", "\u007f", "\u0080", "\u00e9", "\u07ff", "\u0800", "\u20ac", "\ud7ff",
			"\ue000", "\uffff", "\ud800\udc00", "\ud83d\ude00", "\udbff\udfff", "a\ud83d\ude00\ud83d\ude00\u20acb" })
	void sizeOfATextIsItsLengthInUtf8(String text) {
		assertThat(new Message.Text(text).sizeInBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
	}

	@ParameterizedTest
	@CsvSource({ "0,'\ud800'", "1,'a\udbff'", "0,'\ud83da'", "0,'\udc00'", "2,'ab\udfffc'", "0,'\ude00\ud83d'",
			"0,'\ud83d\ud83d\ude00'", "2,'\ud83d\ude00\ude00'" })
	void unpairedSurrogateIsRefused(int index, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Message.Text(text))
			.withMessage("'text' has an unpaired surrogate at index " + index + " and cannot be encoded as UTF-8");
	}

	@Test
	@SuppressWarnings("NullAway")
	void textMustNotBeNull() {
		assertThatNullPointerException().isThrownBy(() -> new Message.Text(null)).withMessageContaining("text");
	}

	@Test
	void textShowsOnlyItsSize() {
		assertThat(new Message.Text("sécret")).hasToString("Text[7 bytes]");
	}

	@Test
	void binaryIsCopiedOnTheWayInAndOut() {
		byte[] bytes = { 1, 2, 3 };
		Message.Binary message = new Message.Binary(bytes);
		bytes[0] = 9;
		assertThat(message.bytes()).containsExactly(1, 2, 3);
		message.bytes()[0] = 9;
		assertThat(message.bytes()).containsExactly(1, 2, 3);
		assertThat(message.sizeInBytes()).isEqualTo(3);
	}

	@Test
	void binariesOfTheSameBytesAreEqual() {
		Message.Binary message = new Message.Binary(new byte[] { 1, 2 });
		assertThat(message).isEqualTo(new Message.Binary(new byte[] { 1, 2 }))
			.hasSameHashCodeAs(new Message.Binary(new byte[] { 1, 2 }))
			.isNotEqualTo(new Message.Binary(new byte[] { 1, 3 }))
			.isNotEqualTo(new Message.Text("\u0001\u0002"))
			.hasToString("Binary[2 bytes]");
	}

}
