package io.github.websocketresilience.test.faults.protocol;

/**
 * Compressed messages (RFC 7692).
 */
class CompressionProtocolTests extends ProtocolTests {

	CompressionProtocolTests() {
		super(Theme.COMPRESSION);
	}

}
