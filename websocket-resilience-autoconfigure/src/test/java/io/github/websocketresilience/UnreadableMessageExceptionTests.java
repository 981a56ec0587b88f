package io.github.websocketresilience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnreadableMessageException}.
 */
class UnreadableMessageExceptionTests {

	private static final String FACE = "\ud83d\ude00";

	@Test
	void textSaysWhatWasWantedAndNothingOfThePayload() {
		Throwable cause = new IllegalStateException("no JSON");
		UnreadableMessageException exception = new UnreadableMessageException("Price", new Message.Text("secret"),
				cause);
		assertThat(exception).hasMessage("a message of 6 bytes cannot be read as Price").hasCause(cause);
		assertThat(exception.toString()).doesNotContain("secret");
		assertThat(exception.type()).isEqualTo("Price");
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 255, 256 })
	void excerptOfAShortTextIsAllOfIt(int length) {
		assertThat(excerpt("x".repeat(length))).hasSize(length);
	}

	@ParameterizedTest
	@ValueSource(ints = { 257, 1_000_000 })
	void excerptOfALongTextIsItsBegin(int length) {
		assertThat(excerpt("y" + "x".repeat(length - 1))).isEqualTo("y" + "x".repeat(255));
	}

	@Test
	void excerptDoesNotEndWithinACharacter() {
		assertThat(excerpt("x".repeat(255) + FACE)).isEqualTo("x".repeat(255));
		assertThat(excerpt("x".repeat(254) + FACE)).isEqualTo("x".repeat(254) + FACE);
		assertThat(excerpt("x".repeat(254) + FACE + "x")).isEqualTo("x".repeat(254) + FACE);
		assertThat(excerpt("x".repeat(256) + FACE)).isEqualTo("x".repeat(256));
	}

	@Test
	void binaryMessageHasNoExcerpt() {
		assertThat(excerpt(new Message.Binary(new byte[] { 'a', 'b' }))).isEmpty();
	}

	private static String excerpt(String text) {
		return excerpt(new Message.Text(text));
	}

	private static String excerpt(Message message) {
		return new UnreadableMessageException("Price", message, new IllegalStateException("no JSON")).excerpt();
	}

}
