package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent.HeartbeatMissed;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link io.github.websocketresilience.engine.Heartbeat}: when heartbeats go
 * out, and when a peer that is silent is given up.
 */
class HeartbeatTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void heartbeatGoesOutAfterTheIntervalOfSilence() {
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		this.connection.almost(seconds(25));
		assertThat(socket.written()).isEmpty();
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1");
	}

	@Test
	void silentPeerIsGivenUpAtTheTimeout() {
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		this.connection.advance(seconds(25));
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(disconnect().text()).isEqualTo("no proof of life for 10s after 0 answered heartbeats");
		assertThat(disconnect().openFor()).isEqualTo(seconds(35));
		assertThat(this.connection.transport().calls()).endsWith("#1 abort 1001");
		assertThat(socket.written()).containsExactly("ping 1");
	}

	@Test
	void timeoutCountsFromTheMomentTheHeartbeatWasHandedOver() {
		this.connection.transport().hold();
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		this.connection.advance(seconds(26));
		assertThat(socket.take()).isEqualTo("ping 1");
		this.connection.advance(seconds(2));
		socket.flush();
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@ParameterizedTest
	@MethodSource("signsOfLife")
	void signOfLifePostponesTheNextHeartbeat(Consumer<ManualSocket> sign) {
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		this.connection.advance(seconds(10));
		sign.accept(socket);
		this.connection.almost(seconds(25));
		assertThat(socket.written()).isEmpty();
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1");
	}

	@ParameterizedTest
	@MethodSource("signsOfLife")
	void signOfLifeInTheLastNanosecondKeepsTheSocket(Consumer<ManualSocket> sign) {
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		this.connection.advance(seconds(25));
		this.connection.almost(seconds(10));
		sign.accept(socket);
		this.connection.almost(seconds(25));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(socket.written()).containsExactly("ping 1");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
	}

	static Stream<Named<Consumer<ManualSocket>>> signsOfLife() {
		return Stream.of(Named.of("text", (socket) -> socket.text("a message")),
				Named.of("binary", (socket) -> socket.engine().binary(new byte[2])),
				Named.of("piece", (socket) -> socket.engine().piece()),
				Named.of("unsolicited pong", (socket) -> socket.engine().pong(new byte[0])));
	}

	@Test
	void heartbeatsCountFromTheOpenThoughMessagesCameBefore() {
		this.connection.settings((settings) -> settings.heartbeat(pings(seconds(25), seconds(10), 1)));
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.engine().text("greeting");
		this.connection.advance(seconds(5));
		attempt.opens();
		this.connection.almost(seconds(25));
		assertThat(attempt.socket().written()).isEmpty();
		this.connection.nano();
		assertThat(attempt.socket().written()).containsExactly("ping 1");
	}

	@Test
	void nextHeartbeatGoesOutWhenOneIsMissedUntilTooManyAre() {
		ManualSocket socket = open(seconds(25), seconds(10), 3);
		this.connection.advance(seconds(25));
		this.connection.almost(seconds(10));
		assertThat(missed()).isEmpty();
		this.connection.nano();
		assertThat(missed()).containsExactly(1);
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
		this.connection.advance(seconds(10));
		assertThat(missed()).containsExactly(1, 2);
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(missed()).containsExactly(1, 2, 3);
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(socket.written()).containsExactly("ping 1", "ping 2", "ping 3");
	}

	@Test
	void proofOfLifeForgetsMissedHeartbeats() {
		ManualSocket socket = open(seconds(25), seconds(10), 2);
		this.connection.advance(seconds(35));
		socket.pong(2);
		this.connection.advance(seconds(35));
		assertThat(missed()).containsExactly(1, 1);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.advance(seconds(10));
		assertThat(missed()).containsExactly(1, 1, 2);
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
	}

	@Test
	void peerThatAnswersInTimeIsNeverGivenUp() {
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		for (int beat = 1; beat <= 100; beat++) {
			this.connection.advance(seconds(25));
			assertThat(socket.written()).hasSize(beat).endsWith("ping " + beat);
			this.connection.almost(seconds(10));
			socket.pong(beat);
		}
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void zeroTimeoutSendsWithoutEverJudging() {
		ManualSocket socket = open(seconds(25), Duration.ZERO, 1);
		this.connection.advance(seconds(75));
		assertThat(socket.written()).containsExactly("ping 1", "ping 2", "ping 3");
		socket.text("a message");
		this.connection.almost(seconds(25));
		assertThat(socket.written()).hasSize(3);
		this.connection.advance(Duration.ofHours(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(missed()).isEmpty();
	}

	@Test
	void zeroIntervalSendsNothing() {
		ManualSocket socket = open(Duration.ZERO, seconds(10), 1);
		assertThat(this.connection.clock().pending()).containsExactly("stability");
		this.connection.advance(Duration.ofHours(1));
		assertThat(socket.written()).isEmpty();
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void intervalShorterThanTheTimeoutNeverHasTwoAwaited() {
		ManualSocket socket = open(seconds(5), seconds(12), 1);
		this.connection.advance(seconds(5));
		this.connection.almost(seconds(12));
		assertThat(socket.written()).containsExactly("ping 1");
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void intervalShorterThanTheTimeoutCountsFromOtherTraffic() {
		ManualSocket socket = open(seconds(5), seconds(12), 1);
		this.connection.advance(seconds(7));
		socket.text("a message");
		this.connection.almost(seconds(5));
		assertThat(socket.written()).containsExactly("ping 1");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
	}

	@Test
	void intervalCountsFromTheReply() {
		ManualSocket socket = open(seconds(5), seconds(12), 1);
		this.connection.advance(seconds(6));
		socket.pong(1);
		this.connection.almost(seconds(5));
		assertThat(socket.written()).containsExactly("ping 1");
		this.connection.nano();
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
	}

	@Test
	void nothingIsScheduledPerMessage() {
		ManualSocket socket = open(seconds(25), seconds(10), 1);
		int before = this.connection.time().schedules();
		for (int i = 0; i < 10_000; i++) {
			socket.text("a message");
			this.connection.settle();
		}
		assertThat(this.connection.time().schedules()).isEqualTo(before);
		assertThat(this.connection.heard()).hasSize(2 + 10_000);
		for (int i = 0; i < 10_000; i++) {
			this.connection.advance(Duration.ofMillis(10));
			socket.engine().binary(new byte[1]);
		}
		assertThat(this.connection.time().schedules() - before).isLessThanOrEqualTo(100 / 25 + 1);
		assertThat(socket.written()).isEmpty();
	}

	private ManualSocket open(Duration interval, Duration timeout, int maxMissed) {
		return open(pings(interval, timeout, maxMissed));
	}

	private ManualSocket open(Heartbeat heartbeat) {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat)).start();
		return this.connection.open();
	}

	private static Heartbeat pings(Duration interval, Duration timeout, int maxMissed) {
		return new Heartbeat(interval, timeout, maxMissed, null, Reply.DEFAULT, Proof.ANY);
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

	private Disconnect disconnect() {
		return Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
	}

	private List<Integer> missed() {
		return this.connection.events(HeartbeatMissed.class).stream().map(HeartbeatMissed::missed).toList();
	}

	private static Duration seconds(long seconds) {
		return Duration.ofSeconds(seconds);
	}

}
