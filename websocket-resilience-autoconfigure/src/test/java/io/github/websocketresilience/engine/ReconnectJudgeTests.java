package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.websocketresilience.ConnectionEvent.PolicyFailed;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.ReconnectPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link ReconnectJudge}: what a policy is told, and what becomes of its
 * answer.
 */
class ReconnectJudgeTests {

	private static final Disconnect REFUSED = Disconnect.of(Kind.CONNECT_FAILED, "refused");

	private static final Heartbeat NO_HEARTBEAT = new Heartbeat(Duration.ZERO, Duration.ZERO, 1, null, Reply.DEFAULT,
			Proof.ANY);

	private static final Reconnect STABLE_AT_ONCE = new Reconnect(true, Duration.ZERO, 1, Duration.ZERO, 0, -1,
			Duration.ZERO, Set.of(), Set.of());

	private final TestConnection connection = new TestConnection();

	@Test
	void policyIsToldWhatHappened() {
		List<ReconnectPolicy.Context> asked = new ArrayList<>();
		this.connection.policy((context) -> {
			asked.add(context);
			return Optional.of(Duration.ofSeconds(1));
		}).start();
		failAll(REFUSED, REFUSED, Disconnect.refused(503, null), Disconnect.refused(503, null),
				Disconnect.refused(502, null));
		assertThat(asked).extracting(ReconnectPolicy.Context::failures).containsExactly(1, 2, 3, 4, 5);
		assertThat(asked).extracting(ReconnectPolicy.Context::equalFailures).containsExactly(1, 2, 1, 2, 1);
		assertThat(asked).allSatisfy((context) -> {
			assertThat(context.connection()).isEqualTo("prices");
			assertThat(context.settings()).isSameAs(this.connection.engine().settings());
			assertThat(context.urls()).isEqualTo(1);
			assertThat(context.customized()).isFalse();
		});
		ManualSocket socket = this.connection.open();
		socket.text("alive");
		this.connection.advance(Duration.ofSeconds(10));
		socket.engine().failed(Disconnect.refused(502, null));
		assertThat(asked.get(5).failures()).isZero();
		assertThat(asked.get(5).equalFailures()).as("forgotten when stable").isEqualTo(1);
	}

	@Test
	void policyIsToldWhetherACustomizerTookPartInTheAttempt() {
		List<Boolean> customized = new ArrayList<>();
		this.connection.customizer((request) -> null).customizer((request) -> {
			if (request.attempt() % 2 == 0) {
				request.header("Authorization", "Bearer");
			}
			return null;
		}).policy((context) -> {
			customized.add(context.customized());
			return Optional.of(Duration.ofSeconds(1));
		}).start().prepares();
		for (int i = 0; i < 3; i++) {
			failAll(REFUSED);
			this.connection.transport().attempt().prepares();
		}
		assertThat(customized).containsExactly(false, true, false);
		this.connection.open().breaks();
		assertThat(customized).as("of the attempt that opened").endsWith(true);
	}

	@Test
	void policyIsToldOfNoCustomizerBeforeItIsAsked() {
		List<Boolean> customized = new ArrayList<>();
		this.connection.customizer((request) -> {
			request.header("Authorization", "Bearer");
			return null;
		}).policy((context) -> {
			customized.add(context.customized());
			return Optional.of(Duration.ofSeconds(1));
		}).start().fails(REFUSED);
		assertThat(customized).containsExactly(false);
	}

	@Test
	void policyThatThrowsIsToldAndTheConfiguredDelayIsUsed() {
		IllegalStateException bug = new IllegalStateException("bug");
		this.connection.policy((context) -> {
			throw bug;
		}).start();
		failAll(REFUSED, REFUSED, REFUSED);
		assertThat(retries()).extracting((retry) -> retry.delay().toSeconds()).containsExactly(1L, 2L, 4L);
		assertThat(this.connection.events(PolicyFailed.class)).hasSize(3)
			.allSatisfy((event) -> assertThat(event.failure()).isSameAs(bug));
	}

	@Test
	@SuppressWarnings({ "NullAway", "DataFlowIssue" })
	void policyThatReturnsNullIsToldAndTheConfiguredDelayIsUsed() {
		this.connection.policy((context) -> null).start();
		failAll(REFUSED);
		assertThat(retries()).extracting(RetryScheduled::delay).containsExactly(Duration.ofSeconds(1));
		assertThat(this.connection.events(PolicyFailed.class)).hasSize(1);
	}

	@Test
	void negativeDelayIsNone() {
		this.connection.policy((context) -> Optional.of(Duration.ofSeconds(-5))).start().fails(REFUSED);
		assertThat(retries()).extracting(RetryScheduled::delay).containsExactly(Duration.ZERO);
		this.connection.settle();
		assertThat(attempts()).isEqualTo(2);
	}

	@Test
	void fromTheSecondFailureOnNoDelayIsShorterThanTenMilliseconds() {
		this.connection.policy((context) -> Optional.of(Duration.ZERO)).start().fails(REFUSED);
		this.connection.settle();
		assertThat(attempts()).isEqualTo(2);
		this.connection.transport().attempt().fails(REFUSED);
		this.connection.almost(Duration.ofMillis(10));
		assertThat(attempts()).isEqualTo(2);
		this.connection.nano();
		assertThat(attempts()).isEqualTo(3);
	}

	@Test
	void socketThatIsStableAtOnceAndEndsAtOnceIsNoHotLoop() {
		this.connection.settings((settings) -> settings.heartbeat(NO_HEARTBEAT).reconnect(STABLE_AT_ONCE))
			.policy((context) -> Optional.of(Duration.ZERO))
			.start();
		ManualSocket socket = this.connection.open();
		this.connection.settle();
		socket.peerCloses(1000);
		assertThat(retries()).extracting(RetryScheduled::failures, RetryScheduled::delay)
			.containsExactly(tuple(0, Duration.ofMillis(10)));
	}

	@Test
	void socketThatIsStableAtOnceAndLastsMayBeReplacedAtOnce() {
		this.connection.settings((settings) -> settings.heartbeat(NO_HEARTBEAT).reconnect(STABLE_AT_ONCE))
			.policy((context) -> Optional.of(Duration.ZERO))
			.start();
		ManualSocket socket = this.connection.open();
		this.connection.advance(Duration.ofMillis(10));
		socket.peerCloses(1000);
		assertThat(retries()).extracting(RetryScheduled::delay).containsExactly(Duration.ZERO);
	}

	@Test
	void noDelayIsLongerThanAYear() {
		this.connection.policy((context) -> Optional.of(Duration.ofSeconds(Long.MAX_VALUE))).start().fails(REFUSED);
		assertThat(retries()).extracting(RetryScheduled::delay).containsExactly(Duration.ofDays(365));
	}

	private void failAll(Disconnect... failures) {
		for (Disconnect failure : failures) {
			this.connection.transport().attempt().fails(failure);
			List<RetryScheduled> retries = retries();
			this.connection.advance(retries.get(retries.size() - 1).delay());
		}
	}

	private int attempts() {
		return this.connection.transport().attempts().size();
	}

	private List<RetryScheduled> retries() {
		this.connection.settle();
		return this.connection.events(RetryScheduled.class);
	}

}
