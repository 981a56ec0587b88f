package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Requests}: requests that the user withdraws, and those that meet the
 * begin of a new run. One may wait for ten seconds.
 */
class RequestWithdrawalTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final TestConnection connection = new TestConnection().json(new FlatJson())
		.settings((settings) -> settings.request(new Request("/id", null, TIMEOUT, 3)));

	@Test
	void cancelWithdrawsWhatWaits() {
		Fate before = Fate.of(this.connection.engine().send("before"));
		ReplyFate fate = ask("{}");
		Fate after = Fate.of(this.connection.engine().send("after"));
		fate.future().cancel(true);
		this.connection.settle();
		assertThat(fate).hasToString("cancelled");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(2, 11));
		assertThat(this.connection.engine().snapshot().pendingRequests()).isZero();
		assertThat(open().written()).containsExactly("before", "after");
		this.connection.settle();
		assertThat(List.of(before, after)).hasToString("[sent, sent]");
	}

	@Test
	void othersExpireInTheirTimeAfterAWithdrawal() {
		Fate before = Fate.of(this.connection.engine().send("before"));
		ask("{}").future().cancel(true);
		this.connection.almost(Duration.ofSeconds(30));
		assertThat(before).hasToString("pending");
		this.connection.nano();
		assertThat(before).hasToString("EXPIRED");
		assertThat(this.connection.clock().pending()).containsExactly("event count");
	}

	@Test
	void cancelWithdrawsWhatAWriterHolds() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		this.connection.engine().send("one");
		ReplyFate fate = ask("{}");
		socket.take();
		fate.future().cancel(true);
		socket.flush();
		assertThat(socket.take()).isNull();
		socket.done(null);
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void replyToAWithdrawnRequestIsAnOrdinaryMessage() {
		ManualSocket socket = open();
		ReplyFate fate = ask("{}");
		fate.future().complete(new Message.Text("no longer"));
		assertThat(this.connection.engine().snapshot().pendingRequests()).isZero();
		socket.text("{\"/id\":1}");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("{\"/id\":1}");
		assertThat(fate).hasToString("no longer");
	}

	@Test
	void requestOfANewRunTimesOutThoughTheFailureOfAnOlderOneIsStillOnItsWay() {
		this.connection.engine().close();
		this.connection.settle();
		ReplyFate old = ReplyFate.of(this.connection.engine().request("{}"));
		this.connection.engine().start();
		ReplyFate fate = ReplyFate.of(this.connection.engine().request("{}"));
		assertThat(this.connection.open().written()).containsExactly("{\"/id\":2}");
		assertThat(List.of(old, fate)).hasToString("[NOT_SENT, pending]");
		this.connection.almost(TIMEOUT);
		assertThat(fate).hasToString("pending");
		this.connection.nano();
		assertThat(fate).hasToString("TIMED_OUT");
	}

	@Test
	void requestOfANewRunTimesOutThoughAWriterOfTheOldOneHoldsOne() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		this.connection.engine().send("one");
		ReplyFate old = ask("{}");
		socket.take();
		this.connection.engine().close();
		this.connection.advance(Duration.ofSeconds(5));
		this.connection.start();
		ManualSocket next = this.connection.open();
		ReplyFate fate = ask("{}");
		socket.done(null);
		this.connection.settle();
		next.writeAll();
		assertThat(List.of(old, fate)).hasToString("[NOT_SENT, pending]");
		this.connection.almost(TIMEOUT);
		assertThat(fate).hasToString("pending");
		this.connection.nano();
		assertThat(fate).hasToString("TIMED_OUT");
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private ReplyFate ask(String request) {
		ReplyFate fate = ReplyFate.of(this.connection.engine().request(request));
		this.connection.settle();
		return fate;
	}

}
