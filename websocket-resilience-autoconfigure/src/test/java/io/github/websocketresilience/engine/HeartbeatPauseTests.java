package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Objects;

import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link io.github.websocketresilience.engine.Heartbeat} while reading is
 * paused: our own slow listener never counts as silence of the peer. Heartbeats go out
 * after 25 s and are answered within 10 s.
 */
class HeartbeatPauseTests {

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings.inbound(new Inbound(1, 2_000_000, InboundOverflow.PAUSE)));

	@Test
	void whileReadingIsPausedHeartbeatsGoOutAtTheIntervalAndAreNotAwaited() {
		ManualSocket socket = open(Proof.ANY);
		pause(socket);
		this.connection.almost(seconds(25));
		assertThat(socket.written()).isEmpty();
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1");
		this.connection.almost(seconds(25));
		assertThat(socket.written()).containsExactly("ping 1");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
		this.connection.advance(Duration.ofHours(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void heartbeatThatWentOutDuringThePauseIsNotAwaitedAfterTheResume() {
		ManualSocket socket = open(Proof.ANY);
		pause(socket);
		this.connection.advance(seconds(28));
		this.connection.releaseListeners();
		this.connection.almost(seconds(22));
		assertThat(socket.written()).containsExactly("ping 1");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void awaitedHeartbeatGetsTheRestOfItsTimeAfterTheResume() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(30));
		pause(socket);
		this.connection.advance(seconds(70));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.releaseListeners();
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(disconnect().pausedFor()).isEqualTo(seconds(70));
		assertThat(disconnect().openFor()).isEqualTo(seconds(105));
		assertThat(this.connection.transport().calls()).containsSubsequence("#1 pause", "#1 resume");
	}

	@Test
	void awaitedHeartbeatGetsAtLeastOneSecondAfterTheResume() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(Duration.ofMillis(34_900));
		pause(socket);
		this.connection.advance(seconds(70));
		this.connection.releaseListeners();
		this.connection.almost(seconds(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void pauseOfNoTimeGrantsNothing() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(Duration.ofMillis(34_900));
		pause(socket);
		this.connection.releaseListeners();
		this.connection.almost(Duration.ofMillis(100));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void replyThatWasBehindThePauseIsInTime() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(34));
		pause(socket);
		this.connection.advance(seconds(70));
		this.connection.releaseListeners();
		this.connection.almost(seconds(1));
		socket.pong(1);
		this.connection.advance(seconds(20));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void everyPauseCounts() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(27));
		pause(socket);
		this.connection.advance(seconds(70));
		this.connection.releaseListeners();
		this.connection.advance(seconds(3));
		pause(socket);
		this.connection.advance(seconds(30));
		this.connection.releaseListeners();
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().pausedFor()).isEqualTo(seconds(100));
	}

	@Test
	void resumeDoesNotRepeatAHeartbeatThatWaitsToBeWritten() {
		this.connection.transport().hold();
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(24));
		begin(socket);
		this.connection.advance(seconds(2));
		pause(socket);
		this.connection.releaseListeners();
		socket.flush();
		socket.writeAll();
		assertThat(socket.written()).containsExactly("one", "ping 1");
	}

	@Test
	void resumeSendsNoHeartbeatWhenTheyAreOff() {
		this.connection
			.settings((settings) -> settings
				.heartbeat(new Heartbeat(Duration.ZERO, seconds(10), 1, null, Reply.DEFAULT, Proof.ANY)))
			.start();
		ManualSocket socket = this.connection.open();
		pause(socket);
		this.connection.advance(seconds(70));
		this.connection.releaseListeners();
		this.connection.advance(seconds(70));
		assertThat(socket.written()).isEmpty();
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	private ManualSocket open(Proof proof) {
		this.connection
			.settings((settings) -> settings
				.heartbeat(new Heartbeat(seconds(25), seconds(10), 1, null, Reply.DEFAULT, proof)))
			.start();
		return this.connection.open();
	}

	/**
	 * Begin to write a message.
	 */
	private void begin(ManualSocket socket) {
		this.connection.engine().send("one");
		this.connection.settle();
		socket.take();
	}

	private void pause(ManualSocket socket) {
		this.connection.blockListeners();
		socket.text("a message");
		assertThat(this.connection.engine().snapshot().readingPaused()).isTrue();
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
