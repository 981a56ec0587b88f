package io.github.websocketresilience.test.faults;

import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.fail;

/**
 * What a test wants of the machine, which not every machine has.
 */
final class Requirement {

	private Requirement() {
	}

	/**
	 * Give the test up, or fail it in CI, where everything must be there.
	 * @param message what is missing
	 * @param cause how that was noticed
	 * @return nothing
	 */
	static RuntimeException missing(String message, Exception cause) {
		String text = message + ": " + cause.getMessage();
		if ("true".equals(System.getenv("CI"))) {
			fail(text, cause);
		}
		System.out.println("== skipped: " + text);
		Assumptions.abort(text);
		return new IllegalStateException(text, cause);
	}

}
