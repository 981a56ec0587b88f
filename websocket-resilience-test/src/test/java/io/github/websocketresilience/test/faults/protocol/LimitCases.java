package io.github.websocketresilience.test.faults.protocol;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.test.AttemptScript;

/**
 * What is too much, for an application with {@code max-message-size: 64KB} and a
 * heartbeat of a second.
 */
final class LimitCases {

	private static final int MAX = 64 * 1024;

	private LimitCases() {
	}

	static List<ProtocolCase> all() {
		String largest = "x".repeat(MAX);
		Outcome unanswered = Outcome.ends(Kind.HEARTBEAT_TIMEOUT, 1001);
		return List.of(
				of("a text of `max-message-size`", WireFrame.text(largest), Outcome.stays(Outcome.text(largest))),
				of("a binary message of `max-message-size`", WireFrame.binary(new byte[MAX]),
						Outcome.stays(Outcome.binary(new byte[MAX]))),
				of("a text of one byte more", WireFrame.text(largest + "x"), Outcome.tooBig()),
				of("a text of one byte more, of fewer characters", WireFrame.text("\u00e9".repeat(MAX / 2) + "x"),
						Outcome.tooBig()),
				of("a binary message of one byte more", WireFrame.binary(new byte[MAX + 1]), Outcome.tooBig()),
				of("fragments that are too large together",
						WireFrame.concat(WireFrame.frame(WireFrame.TEXT, largest),
								WireFrame.frame(WireFrame.FIN | WireFrame.CONTINUATION, "x")),
						Outcome.tooBig()),
				of("fragments without end", WireFrame.concat(endless()), Outcome.tooBig()),
				of("a frame that announces 2^62 bytes and brings what is too large", announced(MAX + 16 * 1024),
						Outcome.tooBig()),
				of("a frame that announces 2^62 bytes and brings few", announced(10), unanswered),
				of("a frame that announces one byte more than comes", WireFrame.hex("82 7e ffff 61"), unanswered),
				of("half a head of a frame, and nothing more",
						(script) -> script.sendRaw(WireFrame.hex("82 7f 00")).halfOpen(), unanswered),
				of("10,000 empty fragments", WireFrame.concat(empty()), Outcome.stays(Outcome.text(""))));
	}

	private static byte[] announced(int bytes) {
		return WireFrame.frame(0x82, WireFrame.lengthOf64(1L << 62), new byte[bytes]);
	}

	private static byte[][] endless() {
		return IntStream.range(0, MAX + 1)
			.mapToObj((i) -> WireFrame.frame((i == 0) ? WireFrame.TEXT : WireFrame.CONTINUATION, "x"))
			.toArray(byte[][]::new);
	}

	private static byte[][] empty() {
		return IntStream.range(0, 10_000)
			.mapToObj(
					(i) -> WireFrame.frame(
							(i == 0) ? WireFrame.TEXT
									: (i < 9_999) ? WireFrame.CONTINUATION : WireFrame.FIN | WireFrame.CONTINUATION,
							""))
			.toArray(byte[][]::new);
	}

	private static ProtocolCase of(String name, byte[] bytes, Outcome outcome) {
		return of(name, ProtocolCase.sends(bytes), outcome);
	}

	private static ProtocolCase of(String name, Consumer<AttemptScript> script, Outcome outcome) {
		return ProtocolCase.of(name, "10.4", script, outcome);
	}

}
