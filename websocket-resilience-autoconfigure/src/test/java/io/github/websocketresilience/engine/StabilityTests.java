package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when failures are forgotten: after 10 s, and with a proof of life.
 */
class StabilityTests {

	private static final Duration RESET_AFTER = Duration.ofSeconds(10);

	private final TestConnection connection = new TestConnection();

	@Test
	void failuresAreForgottenAtTheTimeWhenLifeWasProven() {
		ManualSocket socket = openAfterThreeFailures(pings(Duration.ofSeconds(25), Duration.ofSeconds(10)));
		socket.text("alive");
		this.connection.almost(RESET_AFTER);
		assertThat(this.connection.engine().failures()).isEqualTo(3);
		this.connection.nano();
		assertThat(this.connection.engine().failures()).isZero();
		socket.breaks();
		assertThat(failuresTold()).endsWith(3, 0);
	}

	@Test
	void endBeforeTheTimeIsOneMoreFailure() {
		ManualSocket socket = openAfterThreeFailures(pings(Duration.ofSeconds(25), Duration.ofSeconds(10)));
		socket.text("alive");
		this.connection.almost(RESET_AFTER);
		socket.breaks();
		assertThat(failuresTold()).endsWith(3, 4);
	}

	@Test
	void withoutProofTheResetIsDueAndTheFirstProofBringsIt() {
		ManualSocket socket = openAfterThreeFailures(pings(Duration.ofSeconds(25), Duration.ofSeconds(10)));
		this.connection.advance(RESET_AFTER.plusSeconds(20));
		assertThat(this.connection.engine().failures()).isEqualTo(3);
		socket.engine().piece();
		assertThat(this.connection.engine().failures()).isZero();
		socket.breaks();
		assertThat(failuresTold()).endsWith(3, 0);
	}

	@Test
	void endWithoutAnyProofIsOneMoreFailure() {
		ManualSocket socket = openAfterThreeFailures(pings(Duration.ofSeconds(25), Duration.ofSeconds(10)));
		this.connection.advance(RESET_AFTER.plusSeconds(20));
		socket.breaks();
		assertThat(failuresTold()).endsWith(3, 4);
	}

	@Test
	void timeAloneIsEnoughWithHeartbeatsOff() {
		openAfterThreeFailures(pings(Duration.ZERO, Duration.ofSeconds(10)));
		this.connection.almost(RESET_AFTER);
		assertThat(this.connection.engine().failures()).isEqualTo(3);
		this.connection.nano();
		assertThat(this.connection.engine().failures()).isZero();
	}

	@Test
	void timeAloneIsEnoughWithoutJudgement() {
		openAfterThreeFailures(pings(Duration.ofSeconds(25), Duration.ZERO));
		this.connection.almost(RESET_AFTER);
		assertThat(this.connection.engine().failures()).isEqualTo(3);
		this.connection.nano();
		assertThat(this.connection.engine().failures()).isZero();
	}

	@Test
	void underProofReplyOnlyAReplyForgetsFailures() {
		ManualSocket socket = openAfterThreeFailures(
				new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), 1, null, Reply.DEFAULT, Proof.REPLY));
		socket.text("alive");
		this.connection.advance(Duration.ofSeconds(25));
		assertThat(this.connection.engine().failures()).isEqualTo(3);
		socket.pong(1);
		assertThat(this.connection.engine().failures()).isZero();
	}

	@Test
	void socketThatReplacesAnotherHasToShowItself() {
		ManualSocket socket = openAfterThreeFailures(pings(Duration.ofSeconds(25), Duration.ofSeconds(10)));
		socket.text("alive");
		this.connection.advance(Duration.ofSeconds(9));
		this.connection.engine().reconnect();
		this.connection.open().text("alive");
		this.connection.almost(RESET_AFTER);
		assertThat(this.connection.engine().failures()).isEqualTo(3);
		this.connection.nano();
		assertThat(this.connection.engine().failures()).isZero();
	}

	private ManualSocket openAfterThreeFailures(Heartbeat heartbeat) {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat)).start();
		for (int i = 0; i < 3; i++) {
			this.connection.transport().attempt().fails(Disconnect.of(Kind.CONNECT_FAILED, "refused"));
			this.connection.advance(Duration.ofSeconds(4));
		}
		return this.connection.open();
	}

	private static Heartbeat pings(Duration interval, Duration timeout) {
		return new Heartbeat(interval, timeout, 1, null, Reply.DEFAULT, Proof.ANY);
	}

	private List<Integer> failuresTold() {
		this.connection.settle();
		return this.connection.events(RetryScheduled.class).stream().map(RetryScheduled::failures).toList();
	}

}
