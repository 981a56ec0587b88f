package io.github.websocketresilience.test.faults.protocol;

/**
 * What a server does when the client closes (RFC 6455, section 7.1).
 */
class OwnCloseProtocolTests extends ProtocolTests {

	OwnCloseProtocolTests() {
		super(Theme.OWN_CLOSE);
	}

}
