package io.github.websocketresilience.logging;

import java.nio.charset.StandardCharsets;

import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Excerpt}.
 */
class ExcerptTests {

	@ParameterizedTest
	@CsvSource({ "0, ''", "1, a", "2, a", "3, a\u00e9", "5, a\u00e9", "6, a\u00e9\u20ac", "9, a\u00e9\u20ac",
			"10, a\u00e9\u20ac\ud83d\ude00", "11, a\u00e9\u20ac\ud83d\ude00z", "9999, a\u00e9\u20ac\ud83d\ude00z" })
	void textIsCutBetweenCharacters(int limit, String begin) {
		Excerpt excerpt = Excerpt.of(new Message.Text("a\u00e9\u20ac\ud83d\ude00z"), limit);
		assertThat(excerpt.text()).isEqualTo(begin);
		assertThat(excerpt.bytes()).isEqualTo(begin.getBytes(StandardCharsets.UTF_8).length);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u007f", "\u0080", "\u07ff", "\u0800", "\uffff", "\ud800\udc00", "\udbff\udfff" })
	void sizesAreThoseOfTheWire(String character) {
		Message message = new Message.Text(character);
		int size = message.sizeInBytes();
		assertThat(Excerpt.of(message, size)).isEqualTo(new Excerpt(character, size));
		assertThat(Excerpt.of(message, size - 1)).isEqualTo(new Excerpt("", 0));
	}

	@Test
	void bytesAreDigits() {
		Message message = new Message.Binary(new byte[] { (byte) 0xca, (byte) 0xfe, 0, 1 });
		assertThat(Excerpt.of(message, 3)).isEqualTo(new Excerpt("cafe00", 3));
		assertThat(Excerpt.of(message, 64)).isEqualTo(new Excerpt("cafe0001", 4));
	}

}
