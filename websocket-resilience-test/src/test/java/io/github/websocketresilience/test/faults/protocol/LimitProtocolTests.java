package io.github.websocketresilience.test.faults.protocol;

/**
 * What is too much.
 */
class LimitProtocolTests extends ProtocolTests {

	LimitProtocolTests() {
		super(Theme.LIMITS);
	}

}
