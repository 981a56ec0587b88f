package io.github.websocketresilience.test.faults.protocol;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.test.AttemptScript;

/**
 * What a server does when the application closes the connection. The application begins
 * anew when its connection is closed.
 */
final class OwnCloseCases {

	private static final Duration MEANWHILE = Duration.ofMillis(100);

	private static final Message REQUEST = Outcome.text(ProtocolClient.CLOSE_REQUEST);

	private OwnCloseCases() {
	}

	static List<ProtocolCase> all() {
		Outcome closed = answered(REQUEST);
		Outcome given = Outcome.ends(Kind.CLOSE_REQUESTED, 1000, REQUEST);
		return List.of(of("answered with the same code", asks(), closed),
				of("answered late", ignores((script) -> script.close(1000, "")), closed),
				of("answered with another code", ignores((script) -> script.close(4000, "no")), closed),
				of("a message before the answer", ignores((script) -> script.sendText("late").close(1000, "")),
						answered(REQUEST, Outcome.text("late"))),
				of("a ping before the answer", ignores((script) -> script.ping("late").close(1000, "")), closed),
				of("a broken frame in place of the answer", ignores((script) -> script.sendReservedOpcode()), given),
				of("a broken close frame in place of the answer",
						ignores((script) -> script.sendRaw(WireFrame.hex("88 01 00"))), given),
				of("FIN in place of the answer", ignores(AttemptScript::dropWithFin), given)
					.mended("does not see the end of TCP", "wait no longer than `close-timeout`"),
				of("RST in place of the answer", ignores(AttemptScript::dropWithReset), given),
				of("no answer, and TCP stays", (script) -> asks().accept(script.halfOpen()), given));
	}

	private static Outcome answered(Message... delivered) {
		return new Outcome(List.of(delivered), Kind.CLOSE_REQUESTED, 1000, 1000, List.of());
	}

	private static ProtocolCase of(String name, Consumer<AttemptScript> steps, Outcome outcome) {
		return ProtocolCase.of(name, "7.1", steps, outcome);
	}

	private static Consumer<AttemptScript> asks() {
		return (script) -> script.sendText(ProtocolClient.CLOSE_REQUEST);
	}

	private static Consumer<AttemptScript> ignores(Consumer<AttemptScript> further) {
		return (script) -> further
			.accept(script.ignoreClose().sendText(ProtocolClient.CLOSE_REQUEST).thenAfter(MEANWHILE));
	}

}
