package io.github.websocketresilience;

import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BoundedMatch}.
 */
class BoundedMatchTests {

	private static final String LONGEST = "a".repeat(BoundedMatch.LONGEST_TEXT);

	@Test
	void wholeTextMatchesOrNothingDoes() {
		Pattern pattern = Pattern.compile("\\{\"ping\":(\\d+)\\}");
		assertThat(Objects.requireNonNull(BoundedMatch.of(pattern, "{\"ping\":12}")).group(1)).isEqualTo("12");
		assertThat(BoundedMatch.of(pattern, " {\"ping\":12}")).isNull();
	}

	@Test
	void longestTextIsLookedAtAndALongerOneIsNot() {
		Pattern pattern = Pattern.compile("a*");
		assertThat(BoundedMatch.of(pattern, LONGEST)).isNotNull();
		assertThat(BoundedMatch.of(pattern, LONGEST + "a")).isNull();
	}

	@Test
	void patternThatWouldNotComeToAnEndIsStopped() {
		assertThatExceptionOfType(PatternTooSlowException.class)
			.isThrownBy(() -> BoundedMatch.of(Pattern.compile(".*.*.*b"), LONGEST))
			.withMessage("A pattern looked at a text more than 10000000 times");
	}

	@Test
	void lastLookThatIsAllowedIsTaken() {
		BoundedText text = new BoundedText("a");
		for (int i = 0; i < BoundedText.LOOKS; i++) {
			text.charAt(0);
		}
		assertThatExceptionOfType(PatternTooSlowException.class).isThrownBy(() -> text.charAt(0));
	}

}
