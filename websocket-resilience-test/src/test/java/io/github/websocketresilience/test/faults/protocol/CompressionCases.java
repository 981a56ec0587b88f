package io.github.websocketresilience.test.faults.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.Deflater;

import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.test.AttemptScript;

/**
 * Compressed messages, for a client that offers permessage-deflate without parameters.
 */
final class CompressionCases {

	private static final int COMPRESSED = WireFrame.FIN | WireFrame.RSV1 | WireFrame.TEXT;

	private static final String HELLO = "hello hello hello";

	private CompressionCases() {
	}

	static List<ProtocolCase> all() {
		Outcome hello = Outcome.stays(Outcome.text(HELLO));
		Outcome twice = Outcome.stays(Outcome.text(HELLO), Outcome.text(HELLO));
		byte[] deflated = deflate(new Deflater(9, true), HELLO);
		byte[] one = WireFrame.frame(COMPRESSED, deflated);
		byte[] large = deflate(new Deflater(9, true), "abcdefgh".repeat(50_000));
		byte[] cut = Arrays.copyOf(deflated, deflated.length - 3);
		return List.of(
				ProtocolCase.of("offer declined", "RFC 7692, 5", ProtocolCase.sends(WireFrame.text(HELLO)), hello),
				ProtocolCase.of("compressed though the offer was declined", "5.2", ProtocolCase.sends(one),
						Outcome.fails()),
				of("a compressed message", "", "6.2", one, hello),
				of("a message that is not compressed", "", "6", WireFrame.text(HELLO), hello),
				of("a compressed binary message", "", "6.2", WireFrame.frame(0xc2, deflated),
						Outcome.stays(Outcome.binary(WireFrame.bytes(HELLO)))),
				of("an empty compressed message", "", "7.2.3.6", WireFrame.frame(COMPRESSED, new byte[1]),
						Outcome.stays(Outcome.text(""))),
				ProtocolCase.of("a compressed message, one byte at a time", "RFC 7692, 6.2", (script) -> {
					accepts("").accept(script);
					ProtocolCase.sendsByteByByte(one).accept(script);
				}, hello),
				of("a compressed message of three fragments, a ping between", "", "6.1", fragments(deflated),
						hello.answering("between")),
				of("a compressed message of 400,000 bytes", "", "6.2", WireFrame.frame(COMPRESSED, large),
						Outcome.stays(Outcome.text("abcdefgh".repeat(50_000)))),
				of("two messages, the window taken over", "", "7.2.3.2", takeover(), twice),
				of("two messages, each with a window of its own", "; server_no_context_takeover", "7.1.1.1",
						WireFrame.concat(one, one), twice),
				of("`client_no_context_takeover`", "; client_no_context_takeover", "7.1.1.2", one, hello),
				of("`server_max_window_bits=10`", "; server_max_window_bits=10", "7.1.2.1", one, hello),
				of("`client_max_window_bits=10`, which was not offered", "; client_max_window_bits=10", "7.1.2.2", one,
						Outcome.invalid()),
				of("a parameter that nobody knows", "; unknown=1", "7.1", one, Outcome.invalid()),
				of("`server_max_window_bits=16`", "; server_max_window_bits=16", "7.1.2.1", one, Outcome.invalid()),
				of("the same parameter twice", "; server_no_context_takeover; server_no_context_takeover", "7.1", one,
						Outcome.invalid()),
				of("a block of no compression", "", "7.2.3.3",
						WireFrame.frame(COMPRESSED, WireFrame.hex("00 0500 faff 48656c6c6f 00")),
						Outcome.stays(Outcome.text("Hello"))),
				of("a block with BFINAL", "", "7.2.3.4", WireFrame.frame(COMPRESSED, WireFrame.hex("f348cdc9c9070000")),
						Outcome.stays(Outcome.text("Hello"))),
				of("a message after a block with BFINAL", "", "7.2.3.4",
						WireFrame.concat(WireFrame.frame(COMPRESSED, WireFrame.hex("f348cdc9c9070000")), one),
						Outcome.stays(Outcome.text("Hello"), Outcome.text(HELLO)))
					.but(Outcome.fails(Outcome.text("Hello"), Outcome.text("")),
							"takes every message after it for an empty one, and its bytes for frames",
							"leave it: compression is off unless asked for, and servers that flush as RFC 7692 has it send no such block"),
				of("RSV1 on a continuation", "", "6.1",
						WireFrame.concat(WireFrame.frame(WireFrame.RSV1 | WireFrame.TEXT, deflated),
								WireFrame.frame(WireFrame.FIN | WireFrame.RSV1, "")),
						Outcome.fails())
					.but(hello, "does not look at it", "leave it: the message is the same"),
				of("RSV1 on a ping", "", "6.1", WireFrame.frame(0xc9, "a"), Outcome.fails()),
				of("RSV2 on a compressed message", "", "6.1", WireFrame.frame(0xe1, deflated), Outcome.fails()),
				of("data that cannot be inflated", "", "6.2", WireFrame.frame(COMPRESSED, WireFrame.hex("ffffffff")),
						Outcome.ends(Kind.PROTOCOL_ERROR, 1002))
					.mended("tells that the connection was lost", "tell what it was"),
				of("a message of which the end is missing", "", "6.2", WireFrame.frame(COMPRESSED, cut),
						Outcome.ends(Kind.PROTOCOL_ERROR, 1002)),
				of("no data at all", "", "6.2", WireFrame.frame(COMPRESSED, ""), Outcome.stays(Outcome.text(""))),
				of("a compressed text that is no UTF-8", "", "8.1",
						WireFrame.frame(COMPRESSED, deflate(new Deflater(9, true), WireFrame.hex("c0af"))),
						Outcome.fails(1007)),
				of("16 MiB in 16 KiB", "", "6.2",
						WireFrame.frame(COMPRESSED, deflate(new Deflater(9, true), new byte[16 << 20])),
						Outcome.tooBig()));
	}

	private static ProtocolCase of(String name, String parameters, String section, byte[] bytes, Outcome outcome) {
		return ProtocolCase.of(name, "RFC 7692, " + section,
				(script) -> accepts(parameters).accept(script.sendRaw(bytes)), outcome);
	}

	private static Consumer<AttemptScript> accepts(String parameters) {
		return (script) -> script
			.accept(Map.of("Sec-WebSocket-Extensions", List.of("permessage-deflate" + parameters)));
	}

	private static byte[] fragments(byte[] deflated) {
		return WireFrame.concat(WireFrame.frame(WireFrame.RSV1 | WireFrame.TEXT, Arrays.copyOf(deflated, 2)),
				WireFrame.frame(WireFrame.FIN | WireFrame.PING, "between"),
				WireFrame.frame(WireFrame.CONTINUATION, Arrays.copyOfRange(deflated, 2, 4)),
				WireFrame.frame(WireFrame.FIN, Arrays.copyOfRange(deflated, 4, deflated.length)));
	}

	private static byte[] takeover() {
		Deflater deflater = new Deflater(9, true);
		return WireFrame.concat(WireFrame.frame(COMPRESSED, deflate(deflater, HELLO)),
				WireFrame.frame(COMPRESSED, deflate(deflater, HELLO)));
	}

	private static byte[] deflate(Deflater deflater, String text) {
		return deflate(deflater, WireFrame.bytes(text));
	}

	/**
	 * Compress, without the empty block at the end (RFC 7692, section 7.2.1).
	 */
	private static byte[] deflate(Deflater deflater, byte[] bytes) {
		byte[] buffer = new byte[bytes.length + 1024];
		deflater.setInput(bytes);
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
		return Arrays.copyOf(buffer, length - 4);
	}

}
