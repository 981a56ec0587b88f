package io.github.websocketresilience.test;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is scripted for an open socket is what is on the wire, byte for byte.
 */
class FramesTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer();

	@BeforeEach
	void start() {
		this.server.start();
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Arguments> actions() {
		return Stream.of(action("text", "8102c3a9", (to) -> to.sendText("\u00e9")),
				action("binary", "820301ff00", (to) -> to.sendBinary(new byte[] { 1, -1, 0 })),
				action("fragments", "010161" + "000162" + "800163", (to) -> to.sendFragments("a", "b", "c")),
				action("a single fragment", "810161", (to) -> to.sendFragments("a")),
				action("a sequence", "810131" + "810132" + "810132" + "810134",
						(to) -> to.sendSequence(Integer::toString, 1, 2, 2, 4)),
				action("a rate", "810131" + "810132" + "810133", (to) -> to.sendAtRate(3, 1000, Integer::toString)),
				action("byte by byte", "81026869", (to) -> to.sendByteByByte("hi", Duration.ofMillis(1))),
				action("a ping", "890170", (to) -> to.ping("p")),
				action("a close", "880603e862796565", (to) -> to.close(1000, "byee")),
				action("a close that may not be", "880203ee", (to) -> to.close(1006, "")),
				action("invalid UTF-8", "8102c0af", ServerActions::sendInvalidUtf8),
				action("a reserved opcode", "8300", ServerActions::sendReservedOpcode),
				action("reserved bits", "f10161", (to) -> to.sendReservedBits("a")),
				action("a masked text", "8182123456787a5d", (to) -> to.sendMasked("hi")),
				action("a huge frame", "827f0000000100000000", (to) -> to.announceFrame(1L << 32)),
				action("a large frame", "827effff", (to) -> to.announceFrame(65_535)),
				action("raw bytes", "00ff", (to) -> to.sendRaw(new byte[] { 0, -1 })));
	}

	private static Arguments action(String name, String bytes, Consumer<ServerActions<?>> action) {
		return Arguments.of(name, bytes, action);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("actions")
	void scriptedActionIsOnTheWire(String name, String bytes, Consumer<ServerActions<?>> action) throws Exception {
		action.accept(this.server.attempt(1));
		this.server.attempt(1).sendText("end");
		try (RawClient client = RawClient.open(this.server)) {
			assertThat(client.read(bytes.length() / 2 + 5)).isEqualTo(bytes + "8103656e64");
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("actions")
	void sameActionIsDoneOnLiveConnection(String name, String bytes, Consumer<ServerActions<?>> action)
			throws Exception {
		try (RawClient client = RawClient.open(this.server)) {
			action.accept(this.server.awaitAttempt(1, PATIENCE));
			assertThat(client.read(bytes.length() / 2)).isEqualTo(bytes);
		}
	}

	@Test
	void whatIsDoneBeforeOpeningWaitsForIt() throws Exception {
		this.server.attempt(1).acceptAfter(Duration.ofMillis(100)).sendText("a");
		try (RawClient client = new RawClient(this.server).ask()) {
			this.server.awaitAttempt(1, PATIENCE).sendText("b");
			client.head();
			assertThat(client.read(6)).isEqualTo("810161" + "810162");
		}
	}

	@Test
	void stepsFollowAfterTheirDelay() throws Exception {
		this.server.attempt(1).sendText("a").thenAfter(Duration.ofMillis(200)).sendText("b");
		try (RawClient client = RawClient.open(this.server)) {
			assertThat(client.read(3)).isEqualTo("810161");
			long start = System.nanoTime();
			assertThat(client.read(3)).isEqualTo("810162");
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(100_000_000);
		}
	}

	@Test
	void rateIsKept() throws Exception {
		this.server.attempt(1).sendAtRate(11, 50, (number) -> "x");
		long start = System.nanoTime();
		try (RawClient client = RawClient.open(this.server)) {
			client.read(33);
			assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(200_000_000);
		}
	}

	@Test
	void pingsAreAnsweredOrSwallowed() throws Exception {
		try (RawClient client = RawClient.open(this.server).send(0x89, "p")) {
			assertThat(client.read(3)).isEqualTo("8a0170");
			ServerConnection connection = this.server.connection(1).ignorePings().sendText("a");
			assertThat(client.read(3)).isEqualTo("810161");
			client.send(0x89, "q");
			connection.awaitFrame((frame) -> frame.text().equals("q"), PATIENCE);
			connection.answerPings().sendText("b");
			assertThat(client.read(3)).isEqualTo("810162");
			assertThat(client.send(0x89, "r").read(3)).isEqualTo("8a0172");
		}
	}

	@Test
	void textsAreAnswered() throws Exception {
		this.server.attempt(1).answerTexts((text) -> text.equals("ping") ? "pong" : null);
		try (RawClient client = RawClient.open(this.server).send(0x81, "other").send(0x81, "ping")) {
			assertThat(client.read(6)).isEqualTo("8104706f6e67");
		}
	}

	@Test
	void anythingElseCanBeAStep() throws Exception {
		this.server.attempt(1).then((connection) -> connection.sendText(connection.request().target()));
		try (RawClient client = RawClient.open(this.server)) {
			assertThat(client.read(2)).isEqualTo("8112");
		}
	}

	@Test
	void scriptThatThrowsIsRecorded() throws IOException {
		this.server.attempt(1).then((connection) -> {
			throw new IllegalStateException("planned");
		});
		try (RawClient client = RawClient.open(this.server)) {
			ServerConnection connection = this.server.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE);
			assertThat(connection.ping("p")).isSameAs(connection);
			client.read(3);
			assertThat(connection.failure().orElseThrow()).hasMessage("planned");
			assertThat(connection).asString().contains("planned");
		}
	}

}
