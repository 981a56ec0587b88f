package io.github.websocketresilience.test.faults.protocol;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.test.AttemptScript;

/**
 * Close frames that the server begins with, and ends without one.
 */
final class CloseCases {

	private static final String IGNORES = "takes it, reads no more, closes nothing and tells nobody";

	private static final String LOOKS = "look for it twice a second, and end the socket with 1002";

	private static final String AS_1002 = "tells and answers 1002";

	private CloseCases() {
	}

	static List<ProtocolCase> all() {
		return Stream.of(codes(), payloads(), sequels()).flatMap((cases) -> cases).toList();
	}

	private static Stream<ProtocolCase> codes() {
		Stream<ProtocolCase> known = IntStream
			.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999)
			.mapToObj((code) -> closes(code, Outcome.closed(code, code)));
		Stream<ProtocolCase> newer = IntStream.of(1012, 1013, 1014)
			.mapToObj((code) -> closes(code, Outcome.closed(code, code)).but(Outcome.closed(1002, 1002), AS_1002,
					"come back as after any other end: what the real code asks for is not known"));
		Stream<ProtocolCase> invalid = IntStream
			.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)
			.mapToObj((code) -> closes(code, Outcome.fails()).but(Outcome.closed(1002, 1002),
					"answers with 1002, and tells it as the server's", "leave it: it ends with 1002 all the same"));
		return Stream.of(known, newer, invalid).flatMap((cases) -> cases);
	}

	private static ProtocolCase closes(int code, Outcome outcome) {
		return ProtocolCase.of("code " + code, "7.4", WireFrame.close(code, ""), outcome);
	}

	private static Stream<ProtocolCase> payloads() {
		byte[] empty = WireFrame.frame(WireFrame.FIN | WireFrame.CLOSE, "");
		return Stream.of(
				of("no code", empty, Outcome.closed(1005, 1005)).but(Outcome.closed(1000, 1000),
						"tells and answers 1000", "leave it: after 1000 and 1005 we come back alike"),
				of("half a code", WireFrame.frame(WireFrame.FIN | WireFrame.CLOSE, "x"), Outcome.fails())
					.mended(IGNORES, LOOKS),
				of("a reason", WireFrame.close(1000, "done"), Outcome.closed(1000, 1000)),
				of("a reason of 123 bytes", WireFrame.close(1000, "x".repeat(123)), Outcome.closed(1000, 1000)),
				of("a reason of 124 bytes", WireFrame.close(1000, "x".repeat(124)), Outcome.fails()),
				of("a reason of several lengths of characters", WireFrame.close(1000, "\u00e9\u20ac\ud83d\ude00"),
						Outcome.closed(1000, 1000)),
				of("a reason that is no UTF-8", WireFrame.close(1000, WireFrame.hex("c0af")), Outcome.fails())
					.mended(IGNORES, LOOKS),
				of("a reason that is cut in a character", WireFrame.close(1000, WireFrame.hex("61c3")), Outcome.fails())
					.mended(IGNORES, LOOKS),
				of("a close frame without FIN", WireFrame.frame(WireFrame.CLOSE, ""), Outcome.fails()));
	}

	private static Stream<ProtocolCase> sequels() {
		byte[] close = WireFrame.close(1000, "");
		Outcome closed = Outcome.closed(1000, 1000);
		Outcome lost = Outcome.ends(Kind.CONNECTION_LOST, null);
		return Stream.of(
				of("a message right before", WireFrame.concat(WireFrame.text("last"), close),
						Outcome.closed(1000, 1000, Outcome.text("last"))),
				of("a message right behind", WireFrame.concat(close, WireFrame.text("late")), closed),
				of("a ping right behind", WireFrame.concat(close, WireFrame.frame(0x89, "late")), closed),
				of("garbage right behind", WireFrame.concat(close, WireFrame.hex("ffffffffffff")), closed),
				of("a second close frame right behind", WireFrame.concat(close, WireFrame.close(1001, "")), closed),
				ProtocolCase.of("one byte at a time", "5.5.1",
						ProtocolCase.sendsByteByByte(WireFrame.close(1000, "done")), closed),
				of("FIN right behind", sendsAnd(close, AttemptScript::dropWithFin), closed),
				of("nothing behind: TCP stays, and our answer is not answered",
						sendsAnd(close, AttemptScript::halfOpen), closed),
				of("FIN without a close frame", AttemptScript::dropWithFin, Outcome.ends(Kind.CONNECTION_LOST, 1002)),
				of("FIN in the middle of a message", sendsAnd(WireFrame.hex("81 05 61"), AttemptScript::dropWithFin),
						Outcome.ends(Kind.CONNECTION_LOST, 1002)),
				of("RST", AttemptScript::dropWithReset, lost), of("RST in the middle of a message",
						sendsAnd(WireFrame.hex("81 05 61"), AttemptScript::dropWithReset), lost));
	}

	private static Consumer<AttemptScript> sendsAnd(byte[] bytes, Consumer<AttemptScript> further) {
		return (script) -> further.accept(script.sendRaw(bytes));
	}

	private static ProtocolCase of(String name, byte[] bytes, Outcome outcome) {
		return of(name, ProtocolCase.sends(bytes), outcome);
	}

	private static ProtocolCase of(String name, Consumer<AttemptScript> script, Outcome outcome) {
		return ProtocolCase.of(name, "5.5.1", script, outcome);
	}

}
