package io.github.websocketresilience.engine;

/**
 * What must hold after every step of a simulation.
 */
@FunctionalInterface
interface Invariant {

	/**
	 * Check it.
	 * @param simulation what happened so far
	 * @throws AssertionError if it does not hold
	 */
	void check(Simulation simulation);

	/**
	 * Return whether it is about moments, which are others once this process was stopped:
	 * whatever was due meanwhile is late.
	 */
	default boolean isExact() {
		return false;
	}

	/**
	 * Fail unless a condition holds.
	 * @param condition the condition
	 * @param message what is wrong if not
	 * @param details numbers that help, formatted only if it fails
	 */
	static void require(boolean condition, String message, Object... details) {
		if (!condition) {
			throw new AssertionError(message.formatted(details));
		}
	}

}
