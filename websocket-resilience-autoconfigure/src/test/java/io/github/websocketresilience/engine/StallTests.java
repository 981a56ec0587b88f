package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.FeedSilent;
import io.github.websocketresilience.ConnectionEvent.HeartbeatMissed;
import io.github.websocketresilience.ConnectionEvent.Stalled;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StallGuard}: time during which this process was stopped is not the
 * peer's silence.
 */
class StallTests {

	private static final Duration NANO = Duration.ofNanos(1);

	private final TestConnection connection = new TestConnection();

	@Test
	void peerWhoseReplyWaitsToBeReadIsNotGivenUp() {
		ManualSocket socket = open(25, 10, 1);
		this.connection.advance(seconds(25));
		stall(seconds(60));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(lateness()).containsExactly(seconds(50));
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
		socket.pong(1);
		socket.pong(2);
		this.connection.almost(seconds(25));
		assertThat(socket.written()).hasSize(2);
		this.connection.nano();
		assertThat(socket.written()).hasSize(3);
		assertThat(this.connection.events(HeartbeatMissed.class)).isEmpty();
	}

	@Test
	void deadPeerIsGivenUpWithTheHeartbeatThatWasGranted() {
		open(25, 10, 1);
		this.connection.advance(seconds(25));
		stall(seconds(60));
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(lastKind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void timerThatIsLateByHalfTheTimeoutIsNoStall() {
		open(25, 10, 1);
		this.connection.advance(seconds(25));
		stall(seconds(15));
		assertThat(lastKind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(lateness()).isEmpty();
	}

	@Test
	void timerThatIsLateByMoreThanHalfTheTimeoutIsOne() {
		open(25, 10, 1);
		this.connection.advance(seconds(25));
		stall(seconds(15).plus(NANO));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(lateness()).containsExactly(seconds(5).plus(NANO));
	}

	@Test
	void halfTheIntervalCountsIfThatIsShorter() {
		open(4, 10, 1);
		this.connection.advance(seconds(4));
		// The timer looks again at the interval, so what is late is the look before the
		// verdict or the verdict itself.
		this.connection.advance(seconds(8));
		stall(seconds(4).plus(NANO));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(lateness()).containsExactly(seconds(2).plus(NANO));
	}

	@Test
	void nothingIsGrantedTwiceWithoutASignOfLife() {
		open(25, 10, 1);
		this.connection.advance(seconds(25));
		stall(seconds(60));
		stall(seconds(60));
		assertThat(lastKind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
		assertThat(lateness()).hasSize(1);
	}

	@Test
	void afterASignOfLifeItIsGrantedAgain() {
		ManualSocket socket = open(25, 10, 1);
		this.connection.advance(seconds(25));
		stall(seconds(60));
		socket.pong(2);
		this.connection.advance(seconds(25));
		stall(seconds(60));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(lateness()).hasSize(2);
	}

	@Test
	void stallIsNoMiss() {
		ManualSocket socket = open(25, 10, 2);
		this.connection.advance(seconds(25));
		stall(seconds(60));
		assertThat(socket.written()).containsExactly("ping 1", "ping 2");
		this.connection.advance(seconds(10));
		assertThat(this.connection.events(HeartbeatMissed.class)).hasSize(1);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.advance(seconds(10));
		assertThat(lastKind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void stallBetweenHeartbeatsCostsNothing() {
		ManualSocket socket = open(25, 10, 1);
		stall(Duration.ofHours(1));
		assertThat(socket.written()).containsExactly("ping 1");
		assertThat(lateness()).isEmpty();
		this.connection.advance(seconds(10));
		assertThat(lastKind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void writeUnderWayGetsItsTimeOnceMore() {
		this.connection.transport().hold();
		ManualSocket socket = open(0, 0, 1);
		this.connection.engine().send("hello");
		this.connection.settle();
		assertThat(socket.take()).isEqualTo("hello");
		this.connection.advance(seconds(1));
		stall(seconds(60));
		assertThat(lateness()).containsExactly(seconds(51));
		this.connection.almost(seconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(lastKind()).isEqualTo(Kind.SEND_TIMEOUT);
	}

	@Test
	void writeAfterOneThatEndedGetsItsTimeOnceMore() {
		this.connection.transport().hold();
		ManualSocket socket = open(0, 0, 1);
		this.connection.engine().send("one");
		this.connection.settle();
		socket.take();
		stall(seconds(60));
		this.connection.advance(seconds(5));
		socket.flush();
		this.connection.engine().send("two");
		assertThat(socket.take()).isEqualTo("two");
		this.connection.advance(seconds(5));
		stall(seconds(60));
		assertThat(lateness()).hasSize(2);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void writeThatIsOnlyALittleLateIsGivenUp() {
		this.connection.transport().hold();
		ManualSocket socket = open(0, 0, 1);
		this.connection.engine().send("hello");
		this.connection.settle();
		assertThat(socket.take()).isEqualTo("hello");
		stall(seconds(15));
		assertThat(lastKind()).isEqualTo(Kind.SEND_TIMEOUT);
	}

	@Test
	void feedIsSilentOnlyWhenWhatArrivedMeanwhileWasRead() {
		this.connection.settings((it) -> it
			.inbound(new Inbound(10, 1 << 20, InboundOverflow.PAUSE, Dispatch.QUEUED, seconds(30), OnSilence.REPORT)));
		ManualSocket socket = open(0, 0, 1);
		this.connection.advance(seconds(20));
		stall(seconds(60));
		assertThat(this.connection.events(FeedSilent.class)).isEmpty();
		assertThat(lateness()).containsExactly(seconds(50));
		socket.text("news");
		this.connection.almost(seconds(30));
		assertThat(this.connection.events(FeedSilent.class)).isEmpty();
		this.connection.nano();
		assertThat(this.connection.events(FeedSilent.class)).hasSize(1);
	}

	@Test
	void feedThatWasSilentAllTheTimeIsToldASecondLater() {
		this.connection.settings((it) -> it
			.inbound(new Inbound(10, 1 << 20, InboundOverflow.PAUSE, Dispatch.QUEUED, seconds(30), OnSilence.REPORT)));
		open(0, 0, 1);
		stall(seconds(60));
		this.connection.almost(seconds(1));
		assertThat(this.connection.events(FeedSilent.class)).isEmpty();
		this.connection.nano();
		assertThat(this.connection.events(FeedSilent.class)).singleElement()
			.satisfies((event) -> assertThat(event.silence()).isEqualTo(seconds(61)));
	}

	@Test
	void feedThatSpokeAgainIsGrantedTheSecondAgain() {
		this.connection.settings((it) -> it
			.inbound(new Inbound(10, 1 << 20, InboundOverflow.PAUSE, Dispatch.QUEUED, seconds(30), OnSilence.REPORT)));
		ManualSocket socket = open(0, 0, 1);
		stall(seconds(60));
		socket.text("one");
		this.connection.advance(seconds(1));
		stall(seconds(60));
		assertThat(lateness()).containsExactly(seconds(30), seconds(31));
		assertThat(this.connection.events(FeedSilent.class)).isEmpty();
	}

	private ManualSocket open(int interval, int timeout, int maxMissed) {
		this.connection.settings((it) -> it
			.heartbeat(new Heartbeat(seconds(interval), seconds(timeout), maxMissed, null, Reply.DEFAULT, Proof.ANY)));
		this.connection.start();
		return this.connection.open();
	}

	private void stall(Duration duration) {
		this.connection.clock().stall(duration.toNanos());
		this.connection.advance(Duration.ZERO);
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

	private @Nullable Kind lastKind() {
		Disconnect last = this.connection.engine().snapshot().lastDisconnect();
		return (last != null) ? last.kind() : null;
	}

	private List<Duration> lateness() {
		return this.connection.events(Stalled.class).stream().map(Stalled::late).toList();
	}

	private static Duration seconds(int seconds) {
		return Duration.ofSeconds(seconds);
	}

}
