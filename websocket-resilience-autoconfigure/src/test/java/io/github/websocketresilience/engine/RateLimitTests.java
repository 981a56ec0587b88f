package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code outbound.rate-limit}: two frames in ten seconds, whatever they are.
 * Messages live for thirty seconds.
 */
class RateLimitTests {

	private static final Duration PERIOD = Duration.ofSeconds(10);

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings.outbound(outbound(new RateLimit(2, PERIOD))));

	@Test
	void asManyAsAllowedAreWrittenAtOnceAndTheNextAPeriodAfterTheFirst() {
		ManualSocket socket = open();
		List<Fate> fates = send("1");
		this.connection.advance(Duration.ofSeconds(3));
		fates.addAll(send("2", "3", "4"));
		assertThat(socket.written()).containsExactly("1", "2");
		assertThat(socket.isWriting()).as("nobody blocks for a token").isFalse();
		this.connection.almost(Duration.ofSeconds(7));
		assertThat(socket.written()).containsExactly("1", "2");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("1", "2", "3");
		this.connection.almost(Duration.ofSeconds(3));
		assertThat(fates).hasToString("[sent, sent, sent, pending]");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("1", "2", "3", "4");
		assertThat(fates).hasToString("[sent, sent, sent, sent]");
		assertThat(this.connection.clock().pending()).doesNotContain("rate");
	}

	@Test
	void messageThatFindsATokenDoesNotWait() {
		ManualSocket socket = open();
		send("1", "2");
		this.connection.advance(PERIOD);
		send("3");
		assertThat(socket.written()).containsExactly("1", "2", "3");
		assertThat(this.connection.clock().pending()).doesNotContain("rate");
	}

	@Test
	void firstMessagesTakeTokens() {
		this.connection.settings((settings) -> settings.onOpen(List.of("login", "subscribe")));
		ManualSocket socket = open();
		send("1");
		assertThat(socket.written()).containsExactly("login", "subscribe");
		this.connection.almost(PERIOD);
		assertThat(socket.written()).hasSize(2);
		this.connection.nano();
		assertThat(socket.written()).containsExactly("login", "subscribe", "1");
	}

	@Test
	void automaticRepliesTakeTokens() {
		this.connection
			.settings((settings) -> settings.autoReplies(List.of(new AutoReply(Pattern.compile("(\\d)"), "re $1"))));
		ManualSocket socket = open();
		socket.text("1");
		this.connection.settle();
		send("a", "b");
		assertThat(socket.written()).containsExactly("re 1", "a");
		socket.text("2");
		socket.text("3");
		this.connection.advance(PERIOD);
		assertThat(socket.written()).as("the newest reply of a rule").containsExactly("re 1", "a", "re 3", "b");
	}

	@Test
	void heartbeatsTakeTokensAndGoAheadOfMessages() {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat(Duration.ofSeconds(25))));
		ManualSocket socket = open();
		this.connection.advance(Duration.ofSeconds(24));
		send("1", "2", "3", "4", "5");
		this.connection.almost(PERIOD);
		assertThat(socket.written()).containsExactly("1", "2");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("1", "2", "ping 1", "3");
		this.connection.almost(PERIOD);
		assertThat(this.connection.engine().state()).as("its time begins when it is handed over")
			.isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
	}

	@Test
	void heartbeatIsNotTakenForUnansweredWhileItWaitsForAToken() {
		this.connection.settings((settings) -> settings.outbound(outbound(new RateLimit(1, Duration.ofMinutes(2))))
			.heartbeat(heartbeat(Duration.ofSeconds(25))));
		ManualSocket socket = open();
		send("1");
		this.connection.almost(Duration.ofMinutes(2));
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(socket.written()).containsExactly("1", "ping 1");
	}

	@Test
	void closeWaitsForTokensAndThenSendsTheCloseFrameWithoutOne() {
		this.connection.settings((settings) -> settings.closeTimeout(Duration.ofSeconds(20)));
		ManualSocket socket = open();
		List<Fate> fates = send("1", "2", "3", "4");
		CompletableFuture<Void> closed = this.connection.engine().close();
		this.connection.almost(PERIOD);
		assertThat(fates).hasToString("[sent, sent, pending, pending]");
		assertThat(this.connection.transport().calls()).doesNotContain("#1 close 1000");
		this.connection.nano();
		assertThat(fates).hasToString("[sent, sent, sent, sent]");
		assertThat(this.connection.transport().calls()).endsWith("#1 write", "#1 close 1000");
		socket.peerCloses(1000);
		this.connection.settle();
		assertThat(closed).isCompleted();
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void closeWaitsNoLongerThanItsTimeout() {
		open();
		List<Fate> fates = send("1", "2", "3");
		this.connection.engine().close();
		this.connection.almost(Duration.ofSeconds(5));
		assertThat(fates).hasToString("[sent, sent, pending]");
		this.connection.nano();
		assertThat(fates).hasToString("[sent, sent, CLOSED]");
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.clock().pending()).as("the timer for the next token is gone").isEmpty();
	}

	@Test
	void nextSocketHasNoTokensOfItsOwn() {
		ManualSocket socket = open();
		List<Fate> fates = send("1", "2", "3");
		socket.breaks();
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		this.connection.almost(Duration.ofSeconds(9));
		assertThat(next.written()).isEmpty();
		this.connection.nano();
		assertThat(next.written()).containsExactly("3");
		assertThat(fates).hasToString("[sent, sent, sent]");
	}

	@Test
	void tokenThatReturnsBetweenSocketsIsThereForTheNext() {
		ManualSocket socket = open();
		send("1", "2", "3");
		socket.breaks();
		this.connection.advance(Duration.ofSeconds(15));
		assertThat(this.connection.open().written()).containsExactly("3");
	}

	@Test
	void messagesExpireWhileTheyWaitForTokens() {
		this.connection.settings((settings) -> settings.outbound(outbound(new RateLimit(1, Duration.ofSeconds(30))))
			.heartbeat(heartbeat(Duration.ZERO)));
		ManualSocket socket = open();
		List<Fate> fates = send("1");
		this.connection.nano();
		fates.addAll(send("2", "3"));
		this.connection.almost(Duration.ofSeconds(30));
		assertThat(socket.written()).as("a nanosecond before its time is over").containsExactly("1", "2");
		assertThat(fates).hasToString("[sent, sent, pending]");
		this.connection.nano();
		assertThat(fates).hasToString("[sent, sent, EXPIRED]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void messageThatWaitsForATokenCanBeReplaced() {
		ManualSocket socket = open();
		List<Fate> fates = send("1", "2");
		fates.add(Fate.of(this.connection.engine().send(new Message.Text("old"), "key")));
		fates.addAll(send("3"));
		fates.add(Fate.of(this.connection.engine().send(new Message.Text("new"), "key")));
		this.connection.advance(PERIOD);
		assertThat(fates).hasToString("[sent, sent, REPLACED, sent, sent]");
		assertThat(socket.written()).containsExactly("1", "2", "new", "3");
	}

	@Test
	void writerTakesTokensOneByOne() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("1", "2", "3");
		assertThat(socket.take()).isEqualTo("1");
		this.connection.advance(Duration.ofSeconds(4));
		assertThat(socket.take()).isEqualTo("2");
		assertThat(socket.take()).isNull();
		this.connection.advance(Duration.ofSeconds(5));
		socket.flush();
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(socket.take()).as("the same writer may go on").isEqualTo("3");
	}

	@Test
	void withoutALimitNobodyWaits() {
		this.connection.settings((settings) -> settings.outbound(outbound(null)));
		ManualSocket socket = open();
		send("1", "2", "3", "4");
		assertThat(socket.written()).hasSize(4);
		assertThat(this.connection.clock().pending()).doesNotContain("rate");
	}

	private static Heartbeat heartbeat(Duration interval) {
		return new Heartbeat(interval, Duration.ofSeconds(10), 1, null, Reply.DEFAULT, Proof.ANY);
	}

	private static Outbound outbound(@Nullable RateLimit limit) {
		return new Outbound(WhenDisconnected.QUEUE, 100, 1000, Duration.ofSeconds(30), OutboundOverflow.REJECT,
				Duration.ofSeconds(10), limit);
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private List<Fate> send(String... texts) {
		List<Fate> fates = new ArrayList<>();
		for (String text : texts) {
			fates.add(Fate.of(this.connection.engine().send(text)));
		}
		this.connection.settle();
		return fates;
	}

}
