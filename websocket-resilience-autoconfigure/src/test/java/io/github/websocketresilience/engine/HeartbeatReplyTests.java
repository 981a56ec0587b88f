package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionEvent.HeartbeatAnswered;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pulse} and {@link ReplyMatcher}: what is a heartbeat's reply and what
 * is an ordinary message.
 */
class HeartbeatReplyTests {

	private static final Reply PONG = new Reply("pong", null, null, Map.of());

	private final TestConnection connection = new TestConnection().json(new FlatJson());

	@Test
	void replyToATextIsTheTextItself() {
		ManualSocket socket = open("hb {{sequence}}", Reply.DEFAULT);
		beat();
		socket.text("hb 2");
		socket.text("hb");
		socket.text("hb 1");
		assertThat(answers()).hasSize(1);
		assertThat(messages()).containsExactly("hb 2", "hb");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			text     | pong           | not a pong
			text     | pong           | PONG
			contains | a pong it is   | a ping it is
			pattern  | pong 17        | pong 17 and more
			json     | {"/op":"pong"} | {"/op":"ping"}
			json     | {"/op":"pong"} | no JSON at all
			""")
	void replyIsRecognisedBy(String how, String reply, String message) {
		ManualSocket socket = open("ping", switch (how) {
			case "text" -> PONG;
			case "contains" -> new Reply(null, "pong", null, Map.of());
			case "pattern" -> new Reply(null, null, Pattern.compile("pong \\d+"), Map.of());
			default -> new Reply(null, null, null, Map.of("/op", "pong"));
		});
		beat();
		socket.text(message);
		assertThat(answers()).isEmpty();
		socket.text(reply);
		assertThat(answers()).hasSize(1);
		assertThat(messages()).containsExactly(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"/op":"pong","/id":"7"}   | true
			{"/op":"pong","/id":"8"}   | false
			{"/op":"ping","/id":"7"}   | false
			{ "/op":"pong","/id":"7"}  | false
			{"/id":"7","/op":"pong"}   | false
			""")
	void everythingThatIsGivenMustMatch(String text, boolean reply) {
		Pattern pattern = Pattern.compile("\\S+");
		ManualSocket socket = open("ping", new Reply(null, "g\",\"/id", pattern, Map.of("/op", "pong", "/id", "7")));
		beat();
		socket.text(text);
		assertThat(answers()).hasSize(reply ? 1 : 0);
	}

	@Test
	void patternSeesNoMoreThanFourKibibytes() {
		ManualSocket socket = open("ping", new Reply(null, null, Pattern.compile("p+"), Map.of()));
		beat();
		socket.text("p".repeat(4097));
		assertThat(answers()).isEmpty();
		socket.text("p".repeat(4096));
		assertThat(answers()).hasSize(1);
	}

	@Test
	void jsonIsReadInNoMoreThanFourKibibytes() {
		ManualSocket socket = open("ping", new Reply(null, null, null, Map.of("/op", "pong")));
		beat();
		socket.text("{\"/op\":\"pong\"}" + " ".repeat(4083));
		assertThat(answers()).isEmpty();
		socket.text("{\"/op\":\"pong\"}" + " ".repeat(4082));
		assertThat(answers()).hasSize(1);
	}

	@Test
	void longTextMayBeReplyByTextOrPart() {
		String longText = "p".repeat(5000);
		ManualSocket socket = open("ping", new Reply(longText, "ppp", null, Map.of()));
		beat();
		socket.text(longText);
		assertThat(answers()).hasSize(1);
	}

	@Test
	void replyIsTakenAlsoWhenOtherTrafficHasProvedLife() {
		ManualSocket socket = open("ping", PONG);
		beat();
		socket.text("a message");
		this.connection.advance(Duration.ofMillis(150));
		socket.text("pong");
		assertThat(answers()).containsExactly(Duration.ofMillis(150));
		assertThat(messages()).containsExactly("a message");
	}

	@Test
	void furtherMatchesAreOrdinaryMessages() {
		ManualSocket socket = open("ping", PONG);
		socket.text("pong");
		beat();
		socket.text("pong");
		socket.text("pong");
		assertThat(answers()).hasSize(1);
		assertThat(messages()).containsExactly("pong", "pong");
		assertThat(this.connection.engine().snapshot().received().messages()).isEqualTo(2);
	}

	@Test
	void eachHeartbeatHasOneReply() {
		ManualSocket socket = open("ping", PONG);
		beat();
		socket.text("a message");
		beat();
		socket.text("pong");
		socket.text("pong");
		socket.text("pong");
		assertThat(answers()).hasSize(2);
		assertThat(messages()).containsExactly("a message", "pong");
	}

	@Test
	void noMoreThanSixteenRepliesAreAwaited() {
		ManualSocket socket = open("hb {{sequence}}", Reply.DEFAULT);
		for (int i = 1; i <= 17; i++) {
			beat();
			socket.text("alive");
		}
		socket.text("hb 1");
		assertThat(answers()).isEmpty();
		for (int i = 2; i <= 17; i++) {
			socket.text("hb " + i);
		}
		assertThat(answers()).hasSize(16);
		assertThat(messages()).hasSize(18).endsWith("alive", "hb 1");
	}

	private ManualSocket open(@Nullable String message, Reply reply) {
		return open(message, reply, Proof.ANY);
	}

	private ManualSocket open(@Nullable String message, Reply reply, Proof proof) {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat(message, reply, proof))).start();
		return this.connection.open();
	}

	private static Heartbeat heartbeat(@Nullable String message, Reply reply, Proof proof) {
		return new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), 1, message, reply, proof);
	}

	/**
	 * Let the next heartbeat go out.
	 */
	private void beat() {
		this.connection.advance(Duration.ofSeconds(25));
	}

	private List<Duration> answers() {
		this.connection.settle();
		return this.connection.events(HeartbeatAnswered.class).stream().map(HeartbeatAnswered::roundTripTime).toList();
	}

	private List<String> messages() {
		this.connection.settle();
		return this.connection.heard()
			.stream()
			.filter((heard) -> !List.of("Attempted", "Opened", "HeartbeatAnswered").contains(heard))
			.toList();
	}

}
