package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.Closed;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.RequestFailedException;
import io.github.websocketresilience.SendFailedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Requests}: what a disconnect, a close or a full queue means for
 * requests.
 */
class RequestEndTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final TestConnection connection = new TestConnection().json(new FlatJson())
		.settings((settings) -> settings.request(new Request("/id", null, TIMEOUT, 3)));

	@Test
	void writtenRequestsFailWithTheSocketAndUnsentOnesAreAnsweredOnTheNext() {
		ManualSocket socket = holding();
		ReplyFate written = ask("{}");
		socket.take();
		socket.flush();
		ReplyFate unsent = ask("{}");
		socket.breaks();
		socket.done(null);
		this.connection.settle();
		assertThat(List.of(written, unsent)).hasToString("[DISCONNECTED, pending]");
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		next.writeAll();
		assertThat(next.written()).containsExactly("{\"/id\":2}");
		next.text("{\"/id\":1}");
		next.text("{\"/id\":2}");
		this.connection.settle();
		assertThat(List.of(written, unsent)).hasToString("[DISCONNECTED, {\"/id\":2}]");
		assertThat(this.connection.heard()).as("of the old socket").endsWith("{\"/id\":1}");
	}

	@Test
	void replyIsOneOnlyOnTheSocketOfItsRequest() {
		ManualSocket old = open();
		this.connection.engine().reconnect();
		this.connection.settle();
		ManualSocket socket = this.connection.open();
		ReplyFate fate = ask("{}");
		old.text("{\"/id\":1}");
		this.connection.settle();
		assertThat(fate).hasToString("pending");
		socket.text("{\"/id\":1}");
		this.connection.settle();
		assertThat(fate).hasToString("{\"/id\":1}");
	}

	@Test
	void requestThatIsLostInFlightWasDisconnected() {
		ManualSocket socket = holding();
		ReplyFate fate = ask("{}");
		socket.take();
		socket.done(Disconnect.of(Kind.CONNECTION_LOST, "connection lost"));
		this.connection.settle();
		assertThat(fate).hasToString("DISCONNECTED");
		assertThat(fate.completions()).isEqualTo(1);
		assertThat(this.connection.engine().snapshot().pendingRequests()).isZero();
	}

	@Test
	void answeredRequestDoesNotFailThoughTheLossOfItsMessageIsToldFirst() {
		ManualSocket socket = holding();
		ReplyFate fate = ask("{}");
		socket.take();
		socket.text("{\"/id\":1}");
		socket.done(Disconnect.of(Kind.CONNECTION_LOST, "connection lost"));
		SimulatedWorkers workers = this.connection.workers();
		while (workers.pending() > 0) {
			workers.run(workers.pending() - 1);
		}
		assertThat(fate).hasToString("{\"/id\":1}");
	}

	@Test
	void requestWhoseSocketIsGivenUpRightBeforeItIsWrittenWasDisconnected() {
		ManualSocket socket = holding();
		ReplyFate fate = ask("{}");
		this.connection.time().meanwhile(this.connection.engine()::reconnect);
		assertThat(socket.take()).isNotNull();
		socket.flush();
		this.connection.settle();
		assertThat(fate).hasToString("DISCONNECTED");
	}

	@Test
	void writerThatEndsWithoutAFlushHasLostARequest() {
		ManualSocket socket = holding();
		ReplyFate fate = ask("{}");
		socket.take();
		socket.done(null);
		this.connection.settle();
		assertThat(fate).hasToString("DISCONNECTED");
		assertThat(fate.future()).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.havingRootCause()
			.isInstanceOf(RequestFailedException.class);
	}

	@Test
	void reconnectEndsWrittenRequests() {
		ManualSocket socket = holding();
		ReplyFate written = ask("{}");
		socket.take();
		socket.flush();
		ReplyFate unsent = ask("{}");
		this.connection.engine().reconnect();
		socket.done(null);
		this.connection.settle();
		assertThat(List.of(written, unsent)).hasToString("[DISCONNECTED, pending]");
		ManualSocket next = this.connection.open();
		next.writeAll();
		assertThat(next.written()).containsExactly("{\"/id\":2}");
	}

	@Test
	void requestIsWrittenAndAnsweredWhileClosing() {
		ManualSocket socket = holding();
		ReplyFate answered = ask("{}");
		ReplyFate unanswered = ask("{}");
		this.connection.engine().close();
		socket.writeAll();
		this.connection.settle();
		assertThat(this.connection.transport().calls()).endsWith("#1 close 1000");
		socket.text("{\"/id\":1}");
		this.connection.settle();
		assertThat(List.of(answered, unanswered)).hasToString("[{\"/id\":1}, pending]");
		socket.peerCloses(1000);
		this.connection.settle();
		assertThat(unanswered).hasToString("DISCONNECTED");
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void requestThatCloseDoesNotWriteWasNotSent() {
		ReplyFate fate = ask("{}");
		this.connection.engine().close();
		this.connection.settle();
		assertNotSent(fate, SendFailedException.Reason.CLOSED);
	}

	@Test
	void requestUnderRejectIsNotSentWhileDisconnected() {
		this.connection.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.REJECT, 10, 1000,
				Duration.ofSeconds(30), OutboundOverflow.REJECT, Duration.ofSeconds(10))));
		assertNotSent(ask("{}"), SendFailedException.Reason.NOT_CONNECTED);
		ManualSocket socket = holding();
		ReplyFate unsent = ask("{}");
		socket.breaks();
		socket.done(null);
		this.connection.settle();
		assertNotSent(unsent, SendFailedException.Reason.NOT_CONNECTED);
	}

	@Test
	void whoeverIsToldMayAskAtOnceAgain() {
		List<Integer> waiting = new ArrayList<>();
		this.connection.engine()
			.request("{}")
			.whenComplete((reply, failure) -> waiting.add(this.connection.engine().snapshot().pendingRequests()));
		this.connection.engine().close();
		this.connection.settle();
		assertThat(waiting).containsExactly(0);
	}

	@Test
	void requestThatDoesNotFitIsNotSent() {
		this.connection.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.QUEUE, 10, 8,
				Duration.ofSeconds(30), OutboundOverflow.REJECT, Duration.ofSeconds(10))));
		assertNotSent(ask("{}"), SendFailedException.Reason.TOO_LARGE);
	}

	@Test
	void requestInClosedIsNotSentAndLeavesNoTimer() {
		this.connection.engine().close();
		this.connection.settle();
		assertNotSent(ask("{}"), SendFailedException.Reason.CLOSED);
		assertThat(this.connection.clock().pending()).isEmpty();
		assertThat(this.connection.events()).last().isInstanceOf(Closed.class);
	}

	private void assertNotSent(ReplyFate fate, SendFailedException.Reason reason) {
		assertThat(fate).hasToString("NOT_SENT");
		assertThat(fate.completions()).isEqualTo(1);
		assertThat(fate.future().handle((reply, failure) -> failure).join()).isInstanceOf(RequestFailedException.class)
			.cause()
			.isInstanceOfSatisfying(SendFailedException.class, (cause) -> assertThat(cause.reason()).isEqualTo(reason));
		assertThat(this.connection.engine().snapshot().pendingRequests()).isZero();
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
