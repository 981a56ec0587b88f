package io.github.websocketresilience.test.faults.protocol;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Pings and pongs.
 */
final class ControlFrameCases {

	private static final int PING = WireFrame.FIN | WireFrame.PING;

	private static final int PONG = WireFrame.FIN | WireFrame.PONG;

	private ControlFrameCases() {
	}

	static List<ProtocolCase> all() {
		String longest = "x".repeat(125);
		String[] many = IntStream.range(0, 50).mapToObj(Integer::toString).toArray(String[]::new);
		byte[] burst = WireFrame
			.concat(List.of(many).stream().map((payload) -> WireFrame.frame(PING, payload)).toArray(byte[][]::new));
		return List.of(of("a ping without payload", "5.5.2", WireFrame.frame(PING, ""), Outcome.stays().answering("")),
				of("a ping", "5.5.2", WireFrame.frame(PING, "hello"), Outcome.stays().answering("hello")),
				of("a ping of 125 bytes", "5.5.2", WireFrame.frame(PING, longest), Outcome.stays().answering(longest)),
				ProtocolCase.of("a ping of 125 bytes, one byte at a time", "5.5.2",
						ProtocolCase.sendsByteByByte(WireFrame.frame(PING, longest)),
						Outcome.stays().answering(longest)),
				of("a ping of 126 bytes", "5.5", WireFrame.frame(PING, "x".repeat(126)), Outcome.fails()),
				of("a ping whose length is in 64 bits", "5.5",
						WireFrame.frame(PING, WireFrame.lengthOf64(126), new byte[126]), Outcome.fails()),
				new ProtocolCase("a ping whose length of 5 is in 16 bits", "5.2",
						ProtocolCase.sends(WireFrame.frame(PING, WireFrame.lengthOf16(5), WireFrame.bytes("hello"))),
						Outcome.fails(), Outcome.stays().answering("hello"), "does not look at it",
						"leave it: the length is the same"),
				of("a ping without FIN", "5.5", WireFrame.frame(WireFrame.PING, "hello"), Outcome.fails()),
				of("a ping of two fragments", "5.5",
						WireFrame.concat(WireFrame.frame(WireFrame.PING, "hel"),
								WireFrame.frame(WireFrame.FIN | WireFrame.CONTINUATION, "lo")),
						Outcome.fails()),
				of("50 pings in one write", "5.5.2", burst, Outcome.stays().answering(many)),
				ProtocolCase.of("50 pings, one byte at a time", "5.5.2", ProtocolCase.sendsByteByByte(burst),
						Outcome.stays().answering(many)),
				of("a pong that nobody asked for", "5.5.3", WireFrame.frame(PONG, "hello"), Outcome.stays()),
				of("a pong without payload", "5.5.3", WireFrame.frame(PONG, ""), Outcome.stays()),
				of("a pong of 126 bytes", "5.5", WireFrame.frame(PONG, "x".repeat(126)), Outcome.fails()),
				of("a pong without FIN", "5.5", WireFrame.frame(WireFrame.PONG, "hello"), Outcome.fails()),
				of("a ping, then a message", "5.5.2",
						WireFrame.concat(WireFrame.frame(PING, "hello"), WireFrame.text("message")),
						Outcome.stays(Outcome.text("message")).answering("hello")),
				of("a ping, then a reserved opcode", "5.5.2",
						WireFrame.concat(WireFrame.frame(PING, "hello"), WireFrame.frame(WireFrame.FIN | 0xb, "")),
						Outcome.fails().answering("hello")));
	}

	private static ProtocolCase of(String name, String section, byte[] bytes, Outcome outcome) {
		return ProtocolCase.of(name, section, bytes, outcome);
	}

}
