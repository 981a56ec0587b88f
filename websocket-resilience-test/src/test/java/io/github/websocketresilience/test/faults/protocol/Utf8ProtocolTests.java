package io.github.websocketresilience.test.faults.protocol;

/**
 * Texts that are UTF-8, and that are not (RFC 6455, section 8.1).
 */
class Utf8ProtocolTests extends ProtocolTests {

	Utf8ProtocolTests() {
		super(Theme.UTF8);
	}

}
