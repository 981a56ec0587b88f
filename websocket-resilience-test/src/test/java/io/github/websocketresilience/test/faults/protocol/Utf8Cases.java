package io.github.websocketresilience.test.faults.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Texts that are UTF-8, and that are not.
 */
final class Utf8Cases {

	private static final int INVALID = 1007;

	/** One to four bytes a character, the first and last of each length among them. */
	private static final String CHARACTERS = "\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff"
			+ "\ud800\udc00\udbff\udfff\u03ba\u1f79\u03c3\u03bc\u03b5";

	private Utf8Cases() {
	}

	static List<ProtocolCase> all() {
		return Stream.of(valid(), invalid(), split()).flatMap((cases) -> cases).toList();
	}

	private static Stream<ProtocolCase> valid() {
		byte[] bytes = WireFrame.bytes(CHARACTERS);
		byte[][] fragments = new byte[bytes.length][];
		for (int i = 0; i < bytes.length; i++) {
			int first = (i == 0) ? WireFrame.TEXT : WireFrame.CONTINUATION;
			int fin = (i == bytes.length - 1) ? WireFrame.FIN : 0;
			fragments[i] = WireFrame.frame(first | fin, new byte[] { bytes[i] });
		}
		Outcome delivered = Outcome.stays(Outcome.text(CHARACTERS));
		String large = "\u03ba\ud83d\ude00x".repeat(20_000);
		return Stream.of(of("characters of one to four bytes", bytes, delivered),
				ProtocolCase.of("characters of one to four bytes, a fragment for each byte", "5.6, 8.1",
						WireFrame.concat(fragments), delivered),
				ProtocolCase.of("characters of one to four bytes, one byte at a time", "8.1",
						ProtocolCase.sendsByteByByte(WireFrame.text(bytes)), delivered),
				of("160,000 bytes of several lengths", WireFrame.bytes(large), Outcome.stays(Outcome.text(large))),
				of("a byte order mark", WireFrame.hex("efbbbf 61"), Outcome.stays(Outcome.text("\ufeffa"))),
				ProtocolCase.of("a binary message that is no UTF-8", "5.6", WireFrame.binary(WireFrame.hex("c0af ff")),
						Outcome.stays(Outcome.binary(WireFrame.hex("c0afff")))));
	}

	private static Stream<ProtocolCase> invalid() {
		return Stream
			.of(broken("a lone continuation byte", "80"), broken("a character cut short at the end", "cebae1bd"),
					broken("a first byte alone", "ce"), broken("bytes that no character has", "fe ff"),
					broken("an overlong slash of two bytes", "c0af"),
					broken("an overlong slash of three bytes", "e080af"),
					broken("an overlong slash of four bytes", "f08080af"), broken("an overlong NUL", "c080"),
					broken("the highest overlong of two bytes", "c1bf"),
					broken("the highest overlong of three bytes", "e09fbf"), broken("a high surrogate", "eda080"),
					broken("a low surrogate", "edbfbf"), broken("a pair of surrogates", "eda080 edb080"),
					broken("U+110000", "f4908080"), broken("a character of five bytes", "f888808080"),
					broken("a character of six bytes", "fc8480808080"),
					broken("a text of 100,000 bytes whose last byte is wrong", "78".repeat(99_999)
							+ "ff"),
					ProtocolCase.of("a wrong byte, one byte at a time, and never the end of the frame", "8.1",
							ProtocolCase.sendsByteByByte(WireFrame.concat(WireFrame.hex("81 7e ffff"),
									WireFrame.bytes("early"), WireFrame.hex("ff"))),
							Outcome.fails(INVALID)));
	}

	private static Stream<ProtocolCase> split() {
		return Stream.of(
				fragments("a character split over fragments", Outcome.stays(Outcome.text("\ud83d\ude00")), "f09f", "98",
						"80"),
				fragments("a character split over fragments, an empty one between",
						Outcome.stays(Outcome.text("\u00e9")), "c3", "", "a9"),
				fragments("a wrong character split over fragments", Outcome.fails(INVALID), "61 ed", "a0", "80"),
				fragments("a wrong byte in the second of three fragments", Outcome.fails(INVALID), "61", "ff", "62"),
				fragments("a character cut short at the end of the last fragment", Outcome.fails(INVALID), "61", "c3"),
				ProtocolCase.of("a message after one of a split character", "8.1",
						WireFrame.concat(fragments("f09f", "9880"), WireFrame.text("next")),
						Outcome.stays(Outcome.text("\ud83d\ude00"), Outcome.text("next"))));
	}

	private static ProtocolCase of(String name, byte[] bytes, Outcome outcome) {
		return ProtocolCase.of(name, "8.1", WireFrame.text(bytes), outcome);
	}

	private static ProtocolCase broken(String name, String hex) {
		return of(name, WireFrame.hex(hex), Outcome.fails(INVALID));
	}

	private static ProtocolCase fragments(String name, Outcome outcome, String... hex) {
		return ProtocolCase.of(name, "8.1", fragments(hex), outcome);
	}

	private static byte[] fragments(String... hex) {
		byte[][] frames = new byte[hex.length][];
		Arrays.setAll(frames, (i) -> WireFrame.frame(
				((i == 0) ? WireFrame.TEXT : WireFrame.CONTINUATION) | ((i == hex.length - 1) ? WireFrame.FIN : 0),
				WireFrame.hex(hex[i])));
		return WireFrame.concat(frames);
	}

}
