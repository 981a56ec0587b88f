package io.github.websocketresilience.test.faults.protocol;

import java.util.List;
import java.util.function.Supplier;

/**
 * What cases are about.
 */
enum Theme {

	HANDSHAKE("Opening handshake", HandshakeCases::all, false, "headers.Authorization=secret"),

	FRAMING("Frames", FramingCases::all, true),

	FRAGMENTATION("Fragments", FragmentationCases::all, true),

	UTF8("UTF-8", Utf8Cases::all, true),

	CONTROL_FRAMES("Pings and pongs", ControlFrameCases::all, true),

	CLOSE("Close frames of the server", CloseCases::all, true),

	OWN_CLOSE("Answers to our close frame", OwnCloseCases::all, true),

	LIMITS("Limits", LimitCases::all, true, "heartbeat.interval=1s", "heartbeat.timeout=1s", "max-message-size=64KB"),

	COMPRESSION("Compression", CompressionCases::all, true, "compression=true");

	private final String title;

	private final Supplier<List<ProtocolCase>> cases;

	private final boolean greeted;

	private final String[] properties;

	Theme(String title, Supplier<List<ProtocolCase>> cases, boolean greeted, String... properties) {
		this.title = title;
		this.cases = cases;
		this.greeted = greeted;
		this.properties = properties;
	}

	String title() {
		return this.title;
	}

	List<ProtocolCase> cases() {
		return this.cases.get();
	}

	ProtocolClient client() {
		return new ProtocolClient(this.greeted, this.properties);
	}

}
