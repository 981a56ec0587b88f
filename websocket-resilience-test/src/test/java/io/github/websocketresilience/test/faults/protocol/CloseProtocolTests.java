package io.github.websocketresilience.test.faults.protocol;

/**
 * Close frames (RFC 6455, sections 5.5.1 and 7).
 */
class CloseProtocolTests extends ProtocolTests {

	CloseProtocolTests() {
		super(Theme.CLOSE);
	}

}
