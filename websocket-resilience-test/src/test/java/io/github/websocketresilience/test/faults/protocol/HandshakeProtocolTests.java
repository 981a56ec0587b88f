package io.github.websocketresilience.test.faults.protocol;

/**
 * Answers to the opening handshake (RFC 6455, section 4.1).
 */
class HandshakeProtocolTests extends ProtocolTests {

	HandshakeProtocolTests() {
		super(Theme.HANDSHAKE);
	}

}
