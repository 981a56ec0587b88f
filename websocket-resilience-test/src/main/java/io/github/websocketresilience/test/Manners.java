package io.github.websocketresilience.test;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * How the server reacts to what the client sends. Used on the event loop only.
 */
final class Manners {

	private boolean answersPings = true;

	private boolean answersClose = true;

	private boolean silent;

	private boolean closing;

	private Function<String, @Nullable String> answers = (text) -> null;

	void answerPings(boolean answersPings) {
		this.answersPings = answersPings;
	}

	void answerClose(boolean answersClose) {
		this.answersClose = answersClose;
	}

	void answerTexts(Function<String, @Nullable String> answers) {
		this.answers = answers;
	}

	void fallSilent() {
		this.silent = true;
	}

	/**
	 * Our close frame has been sent.
	 */
	void closing() {
		this.closing = true;
	}

	boolean isSilent() {
		return this.silent;
	}

	boolean isClosing() {
		return this.closing;
	}

	boolean answersPings() {
		return this.answersPings && !this.silent;
	}

	boolean answersClose() {
		return this.answersClose && !this.silent;
	}

	@Nullable String answer(String text) {
		return this.silent ? null : this.answers.apply(text);
	}

}
