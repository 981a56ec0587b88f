package io.github.websocketresilience.test.faults.protocol;

/**
 * Frames (RFC 6455, sections 5.1 and 5.2).
 */
class FramingProtocolTests extends ProtocolTests {

	FramingProtocolTests() {
		super(Theme.FRAMING);
	}

}
