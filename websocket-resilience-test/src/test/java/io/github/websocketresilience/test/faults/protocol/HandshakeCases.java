package io.github.websocketresilience.test.faults.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.HandshakeRequest;

/**
 * Answers to an opening handshake that asks for neither subprotocol nor extension.
 */
final class HandshakeCases {

	private static final String UNCHECKED = "does not look at it";

	private HandshakeCases() {
	}

	static List<ProtocolCase> all() {
		return List.of(of("accepted", "4.2.2", AttemptScript::accept, Outcome.stays()),
				of("accepted, one byte at a time", "4.2.2", (script) -> script.acceptByteByByte(Duration.ofMillis(1)),
						Outcome.stays()),
				of("header names and tokens in another case", "4.1",
						answers("HTTP/1.1 101 ok\r\nUPGRADE: WebSocket\r\nCONNECTION: upgrade\r\n"
								+ "sec-websocket-accept: %s\r\n\r\n"),
						Outcome.stays()),
				of("`Connection` with other tokens besides", "4.1", header("Connection", "keep-alive, Upgrade"),
						Outcome.stays()),
				of("no reason phrase", "4.1", answers("HTTP/1.1 101 \r\n" + headers("") + "\r\n"), Outcome.stays()),
				of("messages in the same bytes as the 101", "4.1",
						answers(accepted(), WireFrame.text("a"), WireFrame.text("b")),
						Outcome.stays(Outcome.text("a"), Outcome.text("b"))),
				of("half a message in the same bytes as the 101", "4.1", (script) -> {
					byte[] frame = WireFrame.text("halves");
					answers(accepted(), Arrays.copyOf(frame, 4)).accept(script);
					script.sendRaw(Arrays.copyOfRange(frame, 4, frame.length));
				}, Outcome.stays(Outcome.text("halves"))),
				of("a message and a close frame in the same bytes as the 101", "4.1",
						answers(accepted(), WireFrame.text("a"), WireFrame.close(1001, "bye")),
						Outcome.closed(1001, 1001, Outcome.text("a"))),
				of("a broken frame in the same bytes as the 101", "5.2",
						answers(accepted(), WireFrame.frame(WireFrame.FIN | 0x3, "a")), Outcome.fails()),
				of("no `Upgrade`", "4.1", without("Upgrade"), Outcome.invalid()).mended(UNCHECKED, "refuse it"),
				of("`Upgrade` to something else", "4.1", header("Upgrade", "h2c"), Outcome.invalid()).mended(UNCHECKED,
						"refuse it"),
				of("no `Connection`", "4.1", without("Connection"), Outcome.invalid()).mended(UNCHECKED, "refuse it"),
				of("`Connection` without `Upgrade`", "4.1", header("Connection", "close"), Outcome.invalid())
					.mended(UNCHECKED, "refuse it"),
				of("no `Sec-WebSocket-Accept`", "4.1", without("Sec-WebSocket-Accept"), Outcome.invalid())
					.mended(UNCHECKED, "refuse it"),
				of("wrong `Sec-WebSocket-Accept`", "4.1", AttemptScript::acceptWithWrongKey, Outcome.invalid())
					.mended(UNCHECKED, "refuse it"),
				of("subprotocol that was not asked for", "4.1", header("Sec-WebSocket-Protocol", "chat"),
						Outcome.invalid())
					.mended(UNCHECKED, "refuse it"),
				of("extension that was not asked for", "4.1", header("Sec-WebSocket-Extensions", "permessage-deflate"),
						Outcome.invalid())
					.mended("takes any extension that it knows", "refuse it"),
				of("unknown extension", "4.1", header("Sec-WebSocket-Extensions", "x-webkit-deflate-frame"),
						Outcome.invalid()),
				of("status 200", "4.1", (script) -> script.refuse(200), Outcome.refused(200)),
				of("status 302", "4.1", (script) -> script.refuse(302, Map.of("Location", List.of("ws://localhost/"))),
						Outcome.ends(Kind.UPGRADE_REFUSED, null)),
				of("status 401", "4.1",
						(script) -> script.refuse(401, Map.of("WWW-Authenticate", List.of("Basic realm=\"a\""))),
						Outcome.refused(401)),
				of("status 404", "4.1", (script) -> script.refuse(404), Outcome.refused(404)),
				of("status 426", "4.4",
						(script) -> script.refuse(426, Map.of("Sec-WebSocket-Version", List.of("8, 7"))),
						Outcome.refused(426)),
				of("status 503", "4.1", (script) -> script.refuse(503), Outcome.refused(503)),
				of("100 (Continue) before the 101", "RFC 9110, 15.2",
						answers("HTTP/1.1 100 Continue\r\n\r\n" + accepted()), Outcome.stays())
					.but(Outcome.refused(100), "takes it for the answer", "come back: the next attempt follows"),
				of("HTTP/1.0", "4.1", answers("HTTP/1.0 101 Switching Protocols\r\n" + headers("") + "\r\n"),
						Outcome.invalid())
					.but(Outcome.stays(), "takes it", "leave it: the accept key proves who answers"),
				of("HTTP/2.0", "4.1", answers("HTTP/2.0 101 Switching Protocols\r\n" + headers("") + "\r\n"),
						Outcome.invalid()),
				of("a status that is no number", "4.1", answers("HTTP/1.1 abc\r\n\r\n"), Outcome.invalid()),
				of("a header line without colon", "RFC 9112, 5",
						answers("HTTP/1.1 101 Switching Protocols\r\nnonsense\r\n" + headers("") + "\r\n"),
						Outcome.invalid())
					.but(Outcome.stays(), "leaves it out, and logs the line",
							"leave it: the accept key proves who answers"),
				of("100 KiB of headers", "4.1", header("X-Padding", "x".repeat(100 * 1024)), Outcome.stays()),
				of("300 KiB of headers", "4.1", header("X-Padding", "x".repeat(300 * 1024)), Outcome.invalid())
					.mended("keeps an answer of any length", "refuse it above 256 KiB"),
				of("lines that end with LF alone", "RFC 9112, 2.2", answers(accepted().replace("\r\n", "\n")),
						Outcome.ends(Kind.CONNECT_TIMEOUT, null)),
				of("another protocol", "4.1", answers("SSH-2.0-OpenSSH_9.6\r\n"), Outcome.invalid()),
				of("a TLS alert", "4.1", answers("\u0015\u0003\u0003\u0000\u0002\u0002\u0046\r\n"), Outcome.invalid()),
				of("half an answer, then FIN", "4.1",
						(script) -> answers("HTTP/1.1 101 Switching Pro").accept(script.dropWithFin()),
						Outcome.ends(Kind.CONNECTION_LOST, null)),
				of("half an answer, then RST", "4.1",
						(script) -> answers("HTTP/1.1 101 Switching Pro").accept(script.dropWithReset()),
						Outcome.ends(Kind.CONNECTION_LOST, null)),
				of("half an answer, then nothing", "4.1", answers("HTTP/1.1 101 Switching Protocols\r\nUpgrade"),
						Outcome.ends(Kind.CONNECT_TIMEOUT, null)));
	}

	private static ProtocolCase of(String name, String section, Consumer<AttemptScript> script, Outcome outcome) {
		return ProtocolCase.of(name, section, script, outcome);
	}

	private static String accepted() {
		return "HTTP/1.1 101 Switching Protocols\r\n" + headers("") + "\r\n";
	}

	private static String headers(String others) {
		return "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n" + others;
	}

	private static Consumer<AttemptScript> header(String name, String value) {
		return (script) -> script.accept(Map.of(name, List.of(value)));
	}

	private static Consumer<AttemptScript> without(String header) {
		return (script) -> script.accept(Map.of(header, List.of()));
	}

	private static Consumer<AttemptScript> answers(String answer, byte[]... frames) {
		Function<HandshakeRequest, byte[]> bytes = (request) -> WireFrame.concat(
				answer.replace("%s", request.acceptKey()).getBytes(StandardCharsets.ISO_8859_1),
				WireFrame.concat(frames));
		return (script) -> script.answerRaw(bytes);
	}

}
