package io.github.websocketresilience.test.faults.protocol;

import java.util.Arrays;
import java.util.List;

/**
 * Messages of several frames.
 */
final class FragmentationCases {

	private static final int CONTINUED = WireFrame.CONTINUATION;

	private static final int LAST = WireFrame.FIN | WireFrame.CONTINUATION;

	private static final byte[] PING = WireFrame.frame(WireFrame.FIN | WireFrame.PING, "between");

	private static final byte[] PONG = WireFrame.frame(WireFrame.FIN | WireFrame.PONG, "between");

	private FragmentationCases() {
	}

	static List<ProtocolCase> all() {
		byte[] first = WireFrame.frame(WireFrame.TEXT, "one ");
		byte[] firstBinary = WireFrame.frame(WireFrame.BINARY, "one ");
		byte[] middle = WireFrame.frame(CONTINUED, "two ");
		byte[] last = WireFrame.frame(LAST, "three");
		Outcome whole = Outcome.stays(Outcome.text("one two three"));
		return List.of(of("text of three fragments", whole, first, middle, last),
				of("binary message of three fragments", Outcome.stays(Outcome.binary(WireFrame.bytes("one two three"))),
						firstBinary, middle, last),
				ProtocolCase.of("text of three fragments, one byte at a time", "5.4",
						ProtocolCase.sendsByteByByte(WireFrame.concat(first, middle, last)), whole),
				of("empty fragments only", Outcome.stays(Outcome.text("")), WireFrame.frame(WireFrame.TEXT, ""),
						WireFrame.frame(CONTINUED, ""), WireFrame.frame(LAST, "")),
				of("empty fragments at both ends", Outcome.stays(Outcome.text("two ")),
						WireFrame.frame(WireFrame.TEXT, ""), middle, WireFrame.frame(LAST, "")),
				of("binary message with an empty fragment", Outcome.stays(Outcome.binary(WireFrame.bytes("one three"))),
						firstBinary, WireFrame.frame(CONTINUED, ""), last),
				of("a thousand fragments of one byte", Outcome.stays(Outcome.text("x".repeat(1000))),
						WireFrame.frame(WireFrame.TEXT, "x"), repeated(WireFrame.frame(CONTINUED, "x"), 998),
						WireFrame.frame(LAST, "x")),
				of("fragments of 64 KiB", Outcome.stays(Outcome.text("x".repeat(3 * 65_536))),
						WireFrame.frame(WireFrame.TEXT, "x".repeat(65_536)),
						WireFrame.frame(CONTINUED, "x".repeat(65_536)), WireFrame.frame(LAST, "x".repeat(65_536))),
				of("a ping between fragments", whole.answering("between"), first, PING, middle, last),
				of("pings and a pong between fragments", whole.answering("between", "between"), first, PING, PONG,
						middle, PING, last),
				of("a close frame between fragments", Outcome.closed(1000, 1000), first, WireFrame.close(1000, "done")),
				of("two messages of fragments", Outcome.stays(Outcome.text("one three"), Outcome.text("one three")),
						first, last, first, last),
				of("a continuation that continues nothing", Outcome.fails(), last),
				of("a continuation without FIN that continues nothing", Outcome.fails(), middle, last),
				of("a continuation after a whole message", Outcome.fails(Outcome.text("whole")),
						WireFrame.text("whole"), last),
				of("a text inside a text of fragments", Outcome.fails(), first, WireFrame.text("new"), last),
				of("a binary message inside a text of fragments", Outcome.fails(), first, WireFrame.binary(new byte[3]),
						last),
				of("a text without FIN inside a text of fragments", Outcome.fails(), first, first, last),
				of("a reserved opcode inside a text of fragments", Outcome.fails(), first,
						WireFrame.frame(WireFrame.FIN | 0x3, ""), last),
				of("RSV1 on a continuation", Outcome.fails(), first, WireFrame.frame(WireFrame.RSV1 | LAST, "three")),
				of("a masked continuation", Outcome.fails(), first, WireFrame.masked(LAST, "three")));
	}

	private static ProtocolCase of(String name, Outcome outcome, byte[]... frames) {
		return ProtocolCase.of(name, "5.4", WireFrame.concat(frames), outcome);
	}

	private static byte[] repeated(byte[] frame, int times) {
		byte[][] all = new byte[times][];
		Arrays.fill(all, frame);
		return WireFrame.concat(all);
	}

}
