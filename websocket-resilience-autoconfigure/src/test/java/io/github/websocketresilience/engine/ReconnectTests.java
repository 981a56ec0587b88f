package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.websocketresilience.ConnectionEvent.AttemptDelayed;
import io.github.websocketresilience.ConnectionEvent.Attempted;
import io.github.websocketresilience.ConnectionEvent.Closed;
import io.github.websocketresilience.ConnectionEvent.Opened;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when the next attempt begins, and when none does.
 */
class ReconnectTests {

	private static final Disconnect REFUSED = Disconnect.of(Kind.CONNECT_FAILED, "refused");

	private final TestConnection connection = new TestConnection();

	@Test
	void connectDeadlineBeginsWhenTheAttemptGetsItsThread() {
		ManualAttempt attempt = this.connection.start();
		this.connection.advance(Duration.ofHours(1));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		attempt.starts();
		this.connection.almost(Duration.ofSeconds(10));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(lastDisconnect().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
		assertThat(lastDisconnect().text()).isEqualTo("not connected within 10000 ms");
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 abort attempt");
	}

	@Test
	void openInTheLastNanosecondIsInTime() {
		this.connection.start().starts();
		this.connection.almost(Duration.ofSeconds(10));
		this.connection.transport().attempt().opens();
		this.connection.advance(Duration.ofSeconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.connection.events(Opened.class).get(0).connectTime())
			.isEqualTo(Duration.ofSeconds(10).minusNanos(1));
	}

	@Test
	void attemptThatWaitsForAThreadIsTold() {
		this.connection.start().engine().delayed();
		this.connection.settle();
		assertThat(this.connection.events(AttemptDelayed.class)).hasSize(1)
			.allSatisfy((event) -> assertThat(event.waited()).isEqualTo(Duration.ofSeconds(10)));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void firstConnectThatFailsIsRetried() {
		this.connection.start().fails(REFUSED);
		this.connection.almost(Duration.ofSeconds(1));
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(attempts()).isEqualTo(1);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(attempts()).isEqualTo(2);
	}

	@Test
	void delaysGrowExactly() {
		this.connection.start();
		for (long seconds : new long[] { 1, 2, 4, 8, 16, 30, 30 }) {
			this.connection.transport().attempt().fails(REFUSED);
			int before = attempts();
			this.connection.almost(Duration.ofSeconds(seconds));
			assertThat(attempts()).isEqualTo(before);
			this.connection.nano();
			assertThat(attempts()).isEqualTo(before + 1);
		}
		assertThat(retries()).extracting(RetryScheduled::failures).containsExactly(1, 2, 3, 4, 5, 6, 7);
		assertThat(retries()).extracting((retry) -> retry.delay().toSeconds())
			.containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
		assertThat(retries()).allSatisfy((retry) -> assertThat(retry.cause()).isEqualTo(REFUSED));
	}

	@Test
	void delaysAreDrawnAtTheCapToo() {
		reconnect(new Reconnect(true, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.5, -1, Duration.ofSeconds(10),
				Set.of(), Set.of()));
		this.connection.start();
		for (int i = 0; i < 50; i++) {
			this.connection.transport().attempt().fails(REFUSED);
			this.connection.advance(Duration.ofSeconds(45));
		}
		List<Duration> atTheCap = retries().stream().skip(5).map(RetryScheduled::delay).toList();
		assertThat(atTheCap)
			.allSatisfy((delay) -> assertThat(delay).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(45)));
		assertThat(Set.copyOf(atTheCap)).hasSizeGreaterThan(40);
	}

	@Test
	void snapshotSaysWhenTheNextAttemptBegins() {
		this.connection.start().fails(REFUSED);
		ConnectionSnapshot snapshot = this.connection.engine().snapshot();
		assertThat(snapshot.nextAttemptAt()).isEqualTo(snapshot.since().plusSeconds(1));
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(this.connection.engine().snapshot().nextAttemptAt()).isNull();
	}

	@Test
	void reconnectIsNoFailureAndTheNextAttemptFollowsAtOnce() {
		this.connection.start().fails(REFUSED);
		this.connection.advance(Duration.ofSeconds(1));
		this.connection.open();
		this.connection.engine().reconnect();
		this.connection.settle();
		assertThat(lastDisconnect().kind()).isEqualTo(Kind.RECONNECT_REQUESTED);
		assertThat(this.connection.engine().failures()).isEqualTo(1);
		assertThat(this.connection.events(Attempted.class)).extracting(Attempted::attempt).containsExactly(1L, 2L, 3L);
	}

	@Test
	void maxAttemptsCountsTheFirstConnect() {
		reconnect(maxAttempts(3));
		this.connection.start();
		for (int i = 1; i <= 3; i++) {
			assertThat(attempts()).isEqualTo(i);
			this.connection.transport().attempt().fails(REFUSED);
			this.connection.advance(Duration.ofMinutes(1));
		}
		assertThat(attempts()).isEqualTo(3);
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.engine().snapshot().gaveUp()).isTrue();
		assertThat(this.connection.events(Closed.class)).extracting(Closed::gaveUp).containsExactly(REFUSED);
		assertThat(this.connection.heard()).endsWith("Disconnected", "Closed");
		assertThat(this.connection.clock().pending()).isEmpty();
		assertThat(this.connection.workers().retained()).isZero();
	}

	@Test
	void endOfAStableConnectionIsNoAttemptThatFailed() {
		reconnect(maxAttempts(1));
		this.connection.start();
		ManualSocket socket = this.connection.open();
		socket.text("alive");
		this.connection.advance(Duration.ofSeconds(10));
		socket.breaks();
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		this.connection.advance(Duration.ofSeconds(1));
		this.connection.transport().attempt().fails(REFUSED);
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void startAfterGivingUpBeginsAgain() {
		reconnect(maxAttempts(2));
		this.connection.start().fails(REFUSED);
		this.connection.advance(Duration.ofSeconds(1));
		this.connection.transport().attempt().fails(REFUSED);
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
		this.connection.start().fails(REFUSED);
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		assertThat(this.connection.engine().snapshot().gaveUp()).isFalse();
		assertThat(this.connection.engine().snapshot().attempt()).isEqualTo(1);
		assertThat(retries()).extracting(RetryScheduled::failures).containsExactly(1, 1);
		assertThat(this.connection.workers().retained()).isEqualTo(1);
	}

	@Test
	void switchedOffNothingFollowsTheFirstEnd() {
		reconnect(new Reconnect(false, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0, -1, Duration.ofSeconds(10),
				Set.of(), Set.of()));
		this.connection.start();
		this.connection.open().breaks();
		this.connection.advance(Duration.ofHours(1));
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(attempts()).isEqualTo(1);
	}

	private void reconnect(Reconnect reconnect) {
		this.connection.settings((settings) -> settings.reconnect(reconnect));
	}

	private static Reconnect maxAttempts(int maxAttempts) {
		return new Reconnect(true, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0, maxAttempts,
				Duration.ofSeconds(10), Set.of(), Set.of());
	}

	private int attempts() {
		return this.connection.transport().attempts().size();
	}

	private List<RetryScheduled> retries() {
		this.connection.settle();
		return this.connection.events(RetryScheduled.class);
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

	private Disconnect lastDisconnect() {
		return Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
	}

}
