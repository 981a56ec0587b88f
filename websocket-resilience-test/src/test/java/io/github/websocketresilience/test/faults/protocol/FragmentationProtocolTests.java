package io.github.websocketresilience.test.faults.protocol;

/**
 * Messages of several frames (RFC 6455, section 5.4).
 */
class FragmentationProtocolTests extends ProtocolTests {

	FragmentationProtocolTests() {
		super(Theme.FRAGMENTATION);
	}

}
