package io.github.websocketresilience;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How patterns of the application look at texts of the peer: at none that is too long,
 * and not too often. A pattern that goes back and forth may else keep its thread busy for
 * longer than anybody waits, and nothing can stop it: the socket would be given up, and
 * the thread not.
 */
public final class BoundedMatch {

	/**
	 * Most characters of a text that is looked at: matching takes stack and time in
	 * proportion.
	 */
	public static final int LONGEST_TEXT = 4096;

	private BoundedMatch() {
	}

	/**
	 * Match a whole text.
	 * @param pattern the pattern
	 * @param text the text
	 * @return the match, or {@code null} if there is none or the text is longer than
	 * {@value #LONGEST_TEXT} characters
	 * @throws PatternTooSlowException if the pattern looks at more than ten million
	 * characters
	 */
	public static @Nullable MatchResult of(Pattern pattern, String text) {
		if (text.length() > LONGEST_TEXT) {
			return null;
		}
		Matcher matcher = pattern.matcher(new BoundedText(text));
		return matcher.matches() ? matcher : null;
	}

}
