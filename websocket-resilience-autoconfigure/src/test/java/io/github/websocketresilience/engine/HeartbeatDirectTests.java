package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Objects;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link io.github.websocketresilience.engine.Heartbeat} while the reader runs
 * a listener: a slow one never counts as silence of the peer. Heartbeats go out after 25
 * s and are answered within 10 s.
 */
class HeartbeatDirectTests {

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings
			.inbound(new Inbound(10, 2_000_000, InboundOverflow.PAUSE, Dispatch.DIRECT, null, OnSilence.REPORT)))
		.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				HeartbeatDirectTests.this.duringDelivery.run();
			}

		});

	private Runnable duringDelivery = () -> {
	};

	@Test
	void heartbeatsGoOutDuringACallAtTheIntervalAndAreNotAwaited() {
		ManualSocket socket = open(Proof.ANY);
		delivering(socket, () -> {
			this.connection.almost(seconds(25));
			assertThat(socket.written()).isEmpty();
			this.connection.nano();
			assertThat(socket.written()).containsExactly("ping 1");
			this.connection.almost(seconds(25));
			assertThat(socket.written()).containsExactly("ping 1");
			this.connection.nano();
			assertThat(socket.written()).containsExactly("ping 1", "ping 2");
			this.connection.advance(Duration.ofHours(1));
		});
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void heartbeatThatWentOutDuringACallIsNotAwaitedAfterIt() {
		ManualSocket socket = open(Proof.ANY);
		delivering(socket, () -> this.connection.advance(seconds(28)));
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
	void awaitedHeartbeatGetsTheRestOfItsTimeAfterACall() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(30));
		delivering(socket, () -> this.connection.advance(seconds(70)));
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(disconnect().pausedFor()).as("reading was not paused").isEqualTo(Duration.ZERO);
		assertThat(disconnect().openFor()).isEqualTo(seconds(105));
	}

	@Test
	void callThatEndsBeforeTheTimeIsOverCountsAsLittle() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(30));
		delivering(socket, () -> this.connection.advance(seconds(2)));
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().openFor()).isEqualTo(seconds(37));
	}

	@Test
	void awaitedHeartbeatGetsAtLeastOneSecondAfterACallInWhichItsTimeWasOver() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(Duration.ofMillis(34_900));
		delivering(socket, () -> this.connection.advance(seconds(70)));
		this.connection.almost(seconds(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void replyThatWasBehindTheCallIsInTime() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(34));
		delivering(socket, () -> this.connection.advance(seconds(70)));
		this.connection.almost(seconds(1));
		socket.pong(1);
		this.connection.advance(seconds(20));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void everyCallCounts() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(27));
		delivering(socket, () -> this.connection.advance(seconds(70)));
		this.connection.advance(seconds(3));
		delivering(socket, () -> this.connection.advance(seconds(30)));
		this.connection.almost(seconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().openFor()).isEqualTo(seconds(135));
	}

	@Test
	void feedThatGoesOnWithoutAReplyIsGivenUpWhenItsTimeIsOver() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(25));
		for (int i = 0; i < 100 && state() == ConnectionState.OPEN; i++) {
			delivering(socket, () -> this.connection.advance(Duration.ofMillis(1)));
			this.connection.advance(Duration.ofMillis(499));
		}
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(disconnect().openFor()).as("10 s of waiting, and 21 calls").isEqualTo(Duration.ofMillis(35_021));
	}

	@Test
	void feedThatGoesOnAfterACallInWhichTheTimeWasOverIsGivenUpASecondAfterIt() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(Duration.ofMillis(34_900));
		delivering(socket, () -> this.connection.advance(seconds(70)));
		for (int i = 0; i < 100 && state() == ConnectionState.OPEN; i++) {
			delivering(socket, () -> this.connection.advance(Duration.ofMillis(1)));
			this.connection.advance(Duration.ofMillis(99));
		}
		assertThat(disconnect().openFor()).isEqualTo(Duration.ofMillis(105_900));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 60 })
	void returnBeforeTheHeartbeatGrantsItNothingWhateverTheClockSays(int secondsBefore) {
		this.connection.advance(seconds(secondsBefore));
		this.connection.settings((settings) -> settings.heartbeat(
				new Heartbeat(Duration.ofMillis(100), Duration.ofMillis(500), 1, null, Reply.DEFAULT, Proof.REPLY)));
		ManualSocket socket = open();
		this.connection.advance(Duration.ofMillis(50));
		delivering(socket, () -> this.connection.advance(Duration.ofMillis(100)));
		this.connection.advance(Duration.ofMillis(150));
		delivering(socket, () -> this.connection.advance(Duration.ofMillis(1)));
		assertThat(socket.written()).as("awaited is the second one").startsWith("ping 1", "ping 2");
		this.connection.advance(seconds(5));
		assertThat(disconnect().openFor()).isEqualTo(Duration.ofMillis(701));
	}

	@Test
	void socketThatEndsDuringACallIsNotJudgedAfterIt() {
		ManualSocket socket = open(Proof.REPLY);
		this.connection.advance(seconds(30));
		delivering(socket, () -> {
			this.connection.advance(seconds(10));
			socket.breaks();
		});
		this.connection.settle();
		assertThat(disconnect().kind()).isEqualTo(Kind.CONNECTION_LOST);
		assertThat(this.connection.engine().stale()).as("the reader comes back to nobody").isEqualTo(1);
	}

	private void delivering(ManualSocket socket, Runnable meanwhile) {
		this.duringDelivery = meanwhile;
		socket.text("a message");
		this.duringDelivery = () -> {
		};
		this.connection.settle();
	}

	private ManualSocket open(Proof proof) {
		this.connection.settings((settings) -> settings
			.heartbeat(new Heartbeat(seconds(25), seconds(10), 1, null, Reply.DEFAULT, proof)));
		return open();
	}

	private ManualSocket open() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.settle();
		return socket;
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
