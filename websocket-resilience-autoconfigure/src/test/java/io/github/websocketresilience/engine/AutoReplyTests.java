package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.PatternTooSlowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for automatic replies and for texts that are ignored.
 */
class AutoReplyTests {

	private final TestConnection connection = new TestConnection();

	@ParameterizedTest
	@CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
			ping                           ~ pong               ~ ping       ~ pong
			ping-(\\d+)                    ~ pong-$1            ~ ping-17    ~ pong-17
			\\{"ping":(\\d+)\\}            ~ {"pong":$1}        ~ {"ping":17} ~ {"pong":17}
			(a)(b)(c)(d)(e)(f)(g)(h)(i)    ~ $9$8$7$6$5$4$3$2$1 ~ abcdefghi  ~ ihgfedcba
			(a)(b)(c)(d)(e)(f)(g)(h)(i)(j) ~ $10                ~ abcdefghij ~ a0
			(\\d+)                         ~ $$$1$$$$1          ~ 17         ~ $17$$1
			(.*)                           ~ \\$1{}[]\\n        ~ a\\$1{     ~ \\a\\$1{{}[]\\n
			(a)|(b)                        ~ <$1|$2>            ~ b          ~ <|b>
			""")
	void replyIsMadeFromThePattern(String pattern, String reply, String text, String expected) {
		ManualSocket socket = open(new AutoReply(Pattern.compile(pattern), reply));
		socket.text(text);
		this.connection.settle();
		assertThat(socket.written()).containsExactly(expected);
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened");
		assertThat(this.connection.engine().snapshot().received().messages()).isZero();
		assertThat(this.connection.engine().snapshot().sent().messages()).isZero();
	}

	@Test
	void wholeTextMustMatchAndTheFirstRuleWins() {
		ManualSocket socket = open(rule("ping", "first"), rule("ping.*", "second"));
		socket.text("a ping");
		socket.text("ping");
		socket.text("ping 2");
		this.connection.settle();
		assertThat(socket.written()).containsExactly("first", "second");
		assertThat(this.connection.heard()).endsWith("a ping");
	}

	@Test
	void textLongerThanFourKibibytesIsNotMatched() {
		ManualSocket socket = open(rule("p+", "pong"));
		socket.text("p".repeat(4097));
		this.connection.settle();
		assertThat(socket.written()).isEmpty();
		assertThat(this.connection.heard()).endsWith("p".repeat(4097));
		socket.text("p".repeat(4096));
		this.connection.settle();
		assertThat(socket.written()).containsExactly("pong");
	}

	@Test
	void replyGoesAheadOfMessagesAlsoInsideABatch() {
		this.connection.transport().hold();
		ManualSocket socket = open(rule("ping", "pong"));
		this.connection.engine().send("one");
		this.connection.engine().send("two");
		this.connection.settle();
		socket.take();
		socket.text("ping");
		socket.flush();
		socket.writeAll();
		assertThat(socket.written()).containsExactly("one", "pong", "two");
	}

	@Test
	void newerReplyOfARuleReplacesTheOneThatWaits() {
		this.connection.transport().hold();
		ManualSocket socket = open(rule("a(\\d)", "reply a$1"), rule("b(\\d)", "reply b$1"));
		List.of("a1", "b1", "a2", "b2", "a3").forEach(socket::text);
		assertThat(this.connection.engine().control()).isEqualTo(2);
		socket.writeAll();
		assertThat(socket.written()).containsExactly("reply b2", "reply a3");
	}

	@Test
	void sixteenMayWaitAndNotOneMore() {
		this.connection.transport().hold();
		ManualSocket socket = open(
				IntStream.rangeClosed(1, 17).mapToObj((i) -> rule("p" + i, "r" + i)).toArray(AutoReply[]::new));
		for (int i = 1; i <= 16; i++) {
			socket.text("p" + i);
		}
		socket.text("p3");
		assertThat(this.connection.engine().control()).isEqualTo(16);
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
		socket.text("p17");
		assertOverflow();
	}

	@Test
	void heartbeatIsOneOfThem() {
		this.connection.transport().hold();
		ManualSocket socket = open(
				IntStream.rangeClosed(1, 16).mapToObj((i) -> rule("p" + i, "r" + i)).toArray(AutoReply[]::new));
		for (int i = 1; i <= 16; i++) {
			socket.text("p" + i);
		}
		this.connection.almost(Duration.ofSeconds(25));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertOverflow();
	}

	private void assertOverflow() {
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
		assertThat(this.connection.engine().snapshot().lastDisconnect())
			.satisfies((end) -> assertThat(Objects.requireNonNull(end).kind()).isEqualTo(Kind.CONTROL_OVERFLOW));
	}

	@Test
	void replyDiesWithItsSocket() {
		this.connection.transport().hold();
		ManualSocket socket = open(rule("ping", "pong"));
		socket.text("ping");
		socket.breaks();
		assertThat(socket.take()).isNull();
		socket.done(null);
		socket.text("ping");
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(this.connection.open().isWriting()).isFalse();
	}

	@Test
	void heartbeatOfTheServerIsAnsweredUntilTheCloseFrameIsSent() {
		this.connection.transport().hold();
		ManualSocket socket = open(rule("ping", "pong"));
		this.connection.engine().send("one");
		this.connection.settle();
		socket.take();
		this.connection.engine().close();
		socket.text("ping");
		socket.flush();
		socket.writeAll();
		socket.text("ping");
		this.connection.settle();
		assertThat(socket.written()).containsExactly("one", "pong");
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 write", "#1 close 1000");
	}

	@Test
	void heartbeatOfTheServerBeforeOpenedIsAnsweredAfterIt() {
		this.connection.settings((settings) -> settings.autoReplies(List.of(rule("ping", "pong"))));
		this.connection.start().engine().text("ping");
		this.connection.settle();
		assertThat(this.connection.open().written()).containsExactly("pong");
	}

	@Test
	void ignoredTextIsNoMessageButProvesLife() {
		this.connection
			.settings((settings) -> settings.ignore(List.of(Pattern.compile("hello.*"), Pattern.compile("welcome"))));
		ManualSocket socket = open();
		this.connection.advance(Duration.ofSeconds(20));
		List.of("hello you", "welcome", "welcome you", "hello" + "o".repeat(4092)).forEach(socket::text);
		this.connection.settle();
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "welcome you",
				"hello" + "o".repeat(4092));
		assertThat(this.connection.engine().snapshot().received().messages()).isEqualTo(2);
		this.connection.almost(Duration.ofSeconds(25));
		assertThat(socket.written()).isEmpty();
	}

	@Test
	void errorInMatchingEndsTheSocket() throws InterruptedException {
		ManualSocket socket = open(rule("(?:a|b)*", "pong"));
		Thread reader = new Thread(null, () -> socket.text("ab".repeat(2048)), "reader", 128 * 1024);
		reader.start();
		reader.join();
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().lastDisconnect()).satisfies((end) -> {
			assertThat(Objects.requireNonNull(end).kind()).isEqualTo(Kind.PATTERN_FAILED);
			assertThat(end.exception()).isEqualTo(StackOverflowError.class.getName());
		});
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "(a+)+\\1?b", "(.*a){12}b", ".*.*.*b" })
	void patternThatWouldNotComeToAnEndEndsTheSocket(String pattern) {
		ManualSocket socket = open(rule(pattern, "pong"));
		socket.text("a".repeat(4096));
		this.connection.settle();
		assertPatternTooSlow();
	}

	@Test
	void ignoredPatternThatWouldNotComeToAnEndEndsTheSocket() {
		this.connection.settings((settings) -> settings.ignore(List.of(Pattern.compile(".*.*.*b"))));
		ManualSocket socket = open();
		socket.text("a".repeat(4096));
		this.connection.settle();
		assertPatternTooSlow();
	}

	@Test
	void patternMayGoBackAndForth() {
		ManualSocket socket = open(rule(".*.*b", "pong"));
		socket.text("a".repeat(2048));
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("a".repeat(2048));
	}

	private void assertPatternTooSlow() {
		assertThat(this.connection.engine().snapshot().lastDisconnect()).satisfies((end) -> {
			assertThat(Objects.requireNonNull(end).kind()).isEqualTo(Kind.PATTERN_FAILED);
			assertThat(end.exception()).isEqualTo(PatternTooSlowException.class.getName());
		});
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	private ManualSocket open(AutoReply... rules) {
		this.connection.settings((settings) -> settings.autoReplies(List.of(rules))).start();
		return this.connection.open();
	}

	private static AutoReply rule(String pattern, String reply) {
		return new AutoReply(Pattern.compile(pattern), reply);
	}

}
