package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Objects;

import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link io.github.websocketresilience.engine.Heartbeat}: while we write
 * ourselves, only time in which we waited for the peer counts against it. Heartbeats go
 * out after 25 s and are answered within 10 s.
 */
class HeartbeatWriteTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void verdictWaitsForTheEndOfAWriteOfOursWhoseTimeDoesNotCount() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(5));
		begin(socket);
		this.connection.advance(seconds(8));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		socket.flush();
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void writeThatEndedBeforeTheVerdictCounts() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(2));
		begin(socket);
		this.connection.advance(seconds(3));
		socket.flush();
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void writeThatEndsWithTheNextFrameIsNoLongerWaitedFor() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(9));
		this.connection.engine().send("two");
		begin(socket);
		this.connection.advance(seconds(2));
		socket.take();
		this.connection.almost(seconds(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		socket.flush();
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void writeThatBeginsWithTheHeartbeatDoesNotCountFromThere() {
		this.connection.settings((settings) -> settings.outbound(
				new Outbound(WhenDisconnected.QUEUE, 10, 1000, seconds(60), OutboundOverflow.REJECT, seconds(30))));
		this.connection.transport().hold();
		ManualSocket socket = open(Proof.ANY);
		this.connection.advance(seconds(25));
		this.connection.engine().send("one");
		socket.take();
		socket.flush();
		socket.take();
		this.connection.advance(seconds(18));
		socket.flush();
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void replyToAnEarlierHeartbeatDoesNotDisturbTheOneThatWaitsToBeWritten() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(1));
		socket.text("alive");
		this.connection.advance(seconds(24));
		begin(socket);
		this.connection.advance(seconds(1));
		assertThat(this.connection.engine().control()).isEqualTo(1);
		socket.pong(1);
		this.connection.advance(seconds(1));
		socket.flush();
		socket.writeAll();
		assertThat(socket.written()).containsExactly("ping 1", "one", "ping 2");
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void whatTheSocketBeforeSaysOfHeartbeatsDoesNotCount() {
		this.connection.transport().hold();
		ManualSocket old = open(Proof.ANY);
		this.connection.advance(seconds(25));
		old.take();
		this.connection.engine().reconnect();
		this.connection.open();
		long stale = this.connection.engine().stale();
		old.flush();
		old.pong(1);
		old.done(null);
		this.connection.settle();
		assertThat(this.connection.engine().stale()).as("handed over, first proof, answered").isEqualTo(stale + 3);
		assertThat(this.connection.engine().snapshot().roundTripTime()).isNull();
		this.connection.almost(seconds(25));
		assertThat(this.connection.transport().attempt().socket().isWriting()).isFalse();
	}

	@Test
	void signOfLifeDuringTheWriteKeepsTheSocket() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(5));
		begin(socket);
		this.connection.advance(seconds(7));
		socket.pong(1);
		socket.flush();
		socket.done(null);
		this.connection.advance(seconds(20));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void writesInARowDoNotKeepADeadPeer() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(9));
		begin(socket);
		for (int seconds = 3; seconds < 30 && state() == ConnectionState.OPEN; seconds += 3) {
			this.connection.engine().send("next");
			this.connection.advance(seconds(3));
			if (state() == ConnectionState.OPEN) {
				socket.flush();
				socket.take();
			}
		}
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(disconnect().openFor()).isLessThanOrEqualTo(seconds(25 + 10 + 10 + 2 * 3));
	}

	@Test
	void heartbeatBehindAStuckWriteIsJudgedBySendTimeout() {
		this.connection.transport().hold();
		ManualSocket socket = open(Proof.ANY);
		this.connection.advance(seconds(24));
		begin(socket);
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.connection.engine().control()).isEqualTo(1);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.SEND_TIMEOUT);
		assertThat(disconnect().text()).isEqualTo("a write took longer than 10s");
		assertThat(this.connection.transport().calls()).endsWith("#1 abort 1001");
	}

	@Test
	void writeThatNeverEndsIsJudgedBySendTimeoutThoughAVerdictWaits() {
		ManualSocket socket = beaten();
		this.connection.advance(seconds(5));
		begin(socket);
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.SEND_TIMEOUT);
	}

	@Test
	void sendTimeoutCountsFromTheBeginOfTheWriteUnderWay() {
		this.connection.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.QUEUE, 10, 1000,
				seconds(60), OutboundOverflow.REJECT, Duration.ofSeconds(4))));
		this.connection.transport().hold();
		ManualSocket socket = open(Proof.ANY);
		this.connection.engine().send("two");
		begin(socket);
		this.connection.almost(seconds(4));
		socket.flush();
		this.connection.almost(seconds(4));
		assertThat(state()).as("an idle writer is not judged").isEqualTo(ConnectionState.OPEN);
		socket.take();
		this.connection.almost(seconds(4));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.SEND_TIMEOUT);
	}

	private ManualSocket open(Proof proof) {
		this.connection
			.settings((settings) -> settings
				.heartbeat(new Heartbeat(seconds(25), seconds(10), 1, null, Reply.DEFAULT, proof)))
			.start();
		return this.connection.open();
	}

	/**
	 * Open, and hand a heartbeat over.
	 */
	private ManualSocket beaten() {
		this.connection.transport().hold();
		ManualSocket socket = open(Proof.ANY);
		this.connection.advance(seconds(25));
		socket.writeAll();
		return socket;
	}

	/**
	 * Begin to write a message.
	 */
	private void begin(ManualSocket socket) {
		this.connection.engine().send("one");
		this.connection.settle();
		socket.take();
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

	private Disconnect disconnect() {
		return Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

}
