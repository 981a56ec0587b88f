package io.github.websocketresilience.test.faults.protocol;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.websocketresilience.Message;

/**
 * Single frames of data.
 */
final class FramingCases {

	private static final int[] SIZES = { 0, 1, 125, 126, 127, 128, 65_535, 65_536, 1024 * 1024 };

	private FramingCases() {
	}

	static List<ProtocolCase> all() {
		return Stream.of(sizes(), ways(), lengths(), bits(), opcodes(), masks()).flatMap((cases) -> cases).toList();
	}

	private static Stream<ProtocolCase> sizes() {
		return IntStream.of(SIZES).boxed().flatMap((size) -> {
			String text = "x".repeat(size);
			byte[] bytes = new byte[size];
			return Stream.of(
					ProtocolCase.of("text of " + size + " bytes", "5.6", WireFrame.text(text),
							Outcome.stays(Outcome.text(text))),
					ProtocolCase.of("binary message of " + size + " bytes", "5.6", WireFrame.binary(bytes),
							Outcome.stays(Outcome.binary(bytes))));
		});
	}

	private static Stream<ProtocolCase> ways() {
		byte[] two = WireFrame.concat(WireFrame.text("first"), WireFrame.binary(new byte[300]));
		Outcome both = Outcome.stays(Outcome.text("first"), Outcome.binary(new byte[300]));
		String[] many = IntStream.range(0, 200).mapToObj(Integer::toString).toArray(String[]::new);
		byte[] burst = WireFrame.concat(Stream.of(many).map(WireFrame::text).toArray(byte[][]::new));
		return Stream.of(ProtocolCase.of("two messages in one write", "5.2", two, both),
				ProtocolCase.of("two messages, one byte at a time", "5.2", ProtocolCase.sendsByteByByte(two), both),
				ProtocolCase.of("200 messages in one write", "5.2", burst,
						Outcome.stays(Stream.of(many).map(Outcome::text).toArray(Message[]::new))));
	}

	private static Stream<ProtocolCase> lengths() {
		byte[] five = WireFrame.bytes("abcde");
		Outcome delivered = Outcome.stays(Outcome.text("abcde"));
		return Stream.of(
				lenient("length 5 in 16 bits", WireFrame.frame(0x81, WireFrame.lengthOf16(5), five), delivered),
				lenient("length 5 in 64 bits", WireFrame.frame(0x81, WireFrame.lengthOf64(5), five), delivered),
				ProtocolCase.of("64-bit length with its first bit set", "5.2",
						WireFrame.concat(new byte[] { (byte) 0x82 }, WireFrame.lengthOf64(Long.MIN_VALUE)),
						Outcome.fails()));
	}

	private static ProtocolCase lenient(String name, byte[] bytes, Outcome seen) {
		return new ProtocolCase(name, "5.2", ProtocolCase.sends(bytes), Outcome.fails(), seen, "does not look at it",
				"leave it: the length is the same");
	}

	private static Stream<ProtocolCase> bits() {
		return Stream.of(breaks("RSV1 without an extension", WireFrame.frame(0xc1, "a")),
				breaks("RSV2", WireFrame.frame(0xa1, "a")), breaks("RSV3", WireFrame.frame(0x91, "a")),
				breaks("all reserved bits, binary", WireFrame.frame(0xf2, "a")),
				breaks("RSV1 on a ping", WireFrame.frame(0xc9, "a")),
				breaks("RSV1 on a close frame", WireFrame.frame(0xc8, "")),
				breaks("a message, then RSV1",
						WireFrame.concat(WireFrame.text("before"), WireFrame.frame(0xc1, "a"), WireFrame.text("after")),
						"before"));
	}

	private static Stream<ProtocolCase> opcodes() {
		return IntStream.of(0x3, 0x4, 0x5, 0x6, 0x7, 0xb, 0xc, 0xd, 0xe, 0xf)
			.boxed()
			.flatMap((opcode) -> Stream.of(
					breaks("reserved opcode %X".formatted(opcode), WireFrame.frame(WireFrame.FIN | opcode, "")),
					breaks("reserved opcode %X, with a payload and a message behind".formatted(opcode), WireFrame
						.concat(WireFrame.frame(WireFrame.FIN | opcode, "payload"), WireFrame.text("after")))));
	}

	private static Stream<ProtocolCase> masks() {
		return Stream.of(breaks("masked text", WireFrame.masked(0x81, "a")),
				breaks("masked ping", WireFrame.masked(0x89, "a")),
				breaks("masked close frame", WireFrame.masked(0x88, "")));
	}

	private static ProtocolCase breaks(String name, byte[] bytes, String... delivered) {
		return ProtocolCase.of(name, name.startsWith("masked") ? "5.1" : "5.2", bytes,
				Outcome.fails(Stream.of(delivered).map(Outcome::text).toArray(Message[]::new)));
	}

}
