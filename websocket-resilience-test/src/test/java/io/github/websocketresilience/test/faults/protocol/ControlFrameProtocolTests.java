package io.github.websocketresilience.test.faults.protocol;

/**
 * Pings and pongs (RFC 6455, section 5.5).
 */
class ControlFrameProtocolTests extends ProtocolTests {

	ControlFrameProtocolTests() {
		super(Theme.CONTROL_FRAMES);
	}

}
