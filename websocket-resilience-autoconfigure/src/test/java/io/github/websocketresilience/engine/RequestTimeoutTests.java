package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Requests}: a request may wait for ten seconds.
 */
class RequestTimeoutTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final TestConnection connection = new TestConnection().json(new FlatJson())
		.settings((settings) -> settings.request(new Request("/id", null, TIMEOUT, 3)));

	@Test
	void requestThatWasWrittenTimesOut() {
		ManualSocket socket = open();
		ReplyFate first = ask("{}");
		this.connection.advance(Duration.ofSeconds(4));
		ReplyFate second = ask("{}");
		this.connection.almost(Duration.ofSeconds(6));
		assertThat(List.of(first, second)).hasToString("[pending, pending]");
		this.connection.nano();
		assertThat(List.of(first, second)).hasToString("[TIMED_OUT, pending]");
		this.connection.almost(Duration.ofSeconds(4));
		assertThat(second).hasToString("pending");
		this.connection.nano();
		assertThat(second).hasToString("TIMED_OUT");
		assertThat(this.connection.clock().pending()).doesNotContain("request");
		socket.text("{\"/id\":1}");
		this.connection.settle();
		assertThat(this.connection.heard()).as("too late").endsWith("{\"/id\":1}");
		assertThat(first.completions()).isEqualTo(1);
	}

	@Test
	void replyInTheLastNanosecondIsInTime() {
		ManualSocket socket = open();
		ReplyFate fate = ask("{}");
		this.connection.almost(TIMEOUT);
		socket.text("{\"/id\":1}");
		this.connection.nano();
		assertThat(fate).hasToString("{\"/id\":1}");
		this.connection.advance(TIMEOUT);
		assertThat(this.connection.clock().pending()).doesNotContain("request");
		assertThat(fate.completions()).isEqualTo(1);
	}

	@Test
	void requestThatWaitsTimesOutAndIsNeverWritten() {
		ReplyFate fate = ask("{}");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(1, 9));
		this.connection.almost(TIMEOUT);
		assertThat(fate).hasToString("pending");
		this.connection.nano();
		assertThat(fate).hasToString("TIMED_OUT");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
		assertThat(this.connection.engine().snapshot().pendingRequests()).isZero();
		assertThat(open().written()).isEmpty();
		assertThat(fate.completions()).isEqualTo(1);
	}

	@Test
	void requestInAWritersHandsTimesOutAndIsNeverWritten() {
		ManualSocket socket = holding();
		this.connection.engine().send("one");
		ReplyFate fate = ask("{}");
		socket.take();
		this.connection.almost(TIMEOUT);
		assertThat(fate).hasToString("pending");
		this.connection.nano();
		assertThat(fate).hasToString("TIMED_OUT");
		socket.flush();
		assertThat(socket.take()).isNull();
		socket.done(null);
		this.connection.settle();
		assertThat(socket.written()).containsExactly("one");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void requestThatAWriterFindsTooLateTimedOut() {
		ManualSocket socket = holding();
		this.connection.engine().send("one");
		ReplyFate fate = ask("{}");
		socket.take();
		this.connection.clock().moveTo(this.connection.clock().elapsed() + TIMEOUT.toNanos());
		socket.flush();
		assertThat(socket.take()).isNull();
		this.connection.workers().runAll();
		assertThat(fate).as("before the timer had its turn").hasToString("TIMED_OUT");
		this.connection.settle();
		assertThat(fate.completions()).isEqualTo(1);
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private ManualSocket holding() {
		this.connection.transport().hold();
		return open();
	}

	private ReplyFate ask(String request) {
		ReplyFate fate = ReplyFate.of(this.connection.engine().request(request));
		this.connection.settle();
		return fate;
	}

}
