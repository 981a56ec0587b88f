package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionSettings.Reconnect;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Renewal}: a planned reconnect within one longest delay, which is 30 s.
 */
class RenewalTests {

	private static final String TIMER = "planned reconnect";

	private static final RandomGenerator LEAST = () -> 0;

	private static final RandomGenerator HALF = () -> Long.MIN_VALUE;

	private static final RandomGenerator MOST = () -> -1;

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

	private final TestConnection connection = new TestConnection().random(HALF);

	@Test
	void socketIsReplacedAtOnceAtTheEarliest() {
		openThenRenew(LEAST);
		this.connection.settle();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void socketIsReplacedAfterTheLongestDelayAtTheLatest() {
		openThenRenew(MOST);
		this.connection.advance(Duration.ofMillis(29_999));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.advance(Duration.ofMillis(1));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void socketIsReplacedExactlyAtTheMomentThatWasDrawn() {
		openThenRenew(HALF);
		this.connection.almost(Duration.ofSeconds(15));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void longestDelayIsDrawnToo() {
		this.connection.settings((settings) -> settings.reconnect(new Reconnect(true, Duration.ofSeconds(1), 2,
				Duration.ofSeconds(10), 0.5, -1, Duration.ofSeconds(10), Set.of(), Set.of())));
		openThenRenew(MOST);
		this.connection.advance(Duration.ofMillis(14_999));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.advance(Duration.ofMillis(1));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void replacementIsNoFailureAndNeedsNoPolicy() {
		openThenRenew(LEAST);
		this.connection.settle();
		Disconnect end = Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
		assertThat(end.kind()).isEqualTo(Kind.RECONNECT_REQUESTED);
		assertThat(this.connection.engine().failures()).isZero();
		assertThat(this.connection.events(RetryScheduled.class)).isEmpty();
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 abort 1001", "connect");
	}

	@Test
	void runningWriterIsWaitedFor() {
		this.connection.transport().hold();
		ManualSocket socket = openThenRenew(LEAST, "one");
		this.connection.advance(SEND_TIMEOUT.dividedBy(2));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		socket.writeAll();
		this.connection.settle();
		assertThat(socket.written()).containsExactly("one");
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(pending()).doesNotContain(TIMER);
	}

	@Test
	void runningWriterIsWaitedForAtMostOneSendTimeout() {
		this.connection.transport().hold();
		openThenRenew(LEAST, "one");
		this.connection.settle();
		this.connection.almost(SEND_TIMEOUT);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void whatIsNotWrittenYetGoesToTheNextSocket() {
		this.connection.transport().hold();
		ManualSocket socket = openThenRenew(LEAST, "one");
		CompletableFuture<Void> two = this.connection.engine().send("two");
		this.connection.settle();
		assertThat(socket.take()).isEqualTo("one");
		socket.flush();
		socket.done(null);
		this.connection.settle();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(two).isNotDone();
		this.connection.open().writeAll();
		this.connection.settle();
		assertThat(two).isCompleted();
	}

	@Test
	void renewalWhileConnectingIsRemembered() {
		this.connection.start();
		this.connection.engine().renew();
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(pending()).doesNotContain(TIMER);
		this.connection.open();
		assertThat(pending()).contains(TIMER);
		this.connection.almost(Duration.ofSeconds(15));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void renewalWhileConnectingDiesWithItsAttempt() {
		this.connection.start();
		this.connection.engine().renew();
		this.connection.transport().attempt().fails(Disconnect.of(Kind.CONNECT_FAILED, "refused"));
		this.connection.advance(Duration.ofSeconds(1));
		this.connection.open();
		assertThat(pending()).doesNotContain(TIMER);
	}

	@ParameterizedTest
	@MethodSource("phasesWithoutSocket")
	void whereNoSocketIsUsedThereIsNothingToRenew(ConnectionState state, Consumer<TestConnection> way) {
		way.accept(this.connection);
		assertThat(state()).isEqualTo(state);
		List<String> before = pending();
		this.connection.engine().renew();
		this.connection.settle();
		assertThat(state()).isEqualTo(state);
		assertThat(pending()).isEqualTo(before);
		if (state != ConnectionState.CLOSING) {
			this.connection.engine().start();
			this.connection.engine().reconnect();
			this.connection.settle();
			this.connection.open();
			assertThat(pending()).as("nor remembered").contains("heartbeat").doesNotContain(TIMER);
		}
	}

	static Stream<Arguments> phasesWithoutSocket() {
		return Stream.of(phase(ConnectionState.IDLE, (connection) -> {
		}), phase(ConnectionState.WAITING, (connection) -> {
			connection.start();
			connection.open().breaks();
		}), phase(ConnectionState.CLOSING, (connection) -> {
			connection.start();
			connection.open();
			connection.engine().close();
			connection.settle();
		}), phase(ConnectionState.CLOSED, (connection) -> {
			connection.start();
			connection.engine().close();
			connection.settle();
		}));
	}

	private static Arguments phase(ConnectionState state, Consumer<TestConnection> way) {
		return Arguments.of(state, way);
	}

	@ParameterizedTest
	@MethodSource("waysOut")
	void timerEndsWithTheSocket(Consumer<TestConnection> wayOut) {
		openThenRenew(HALF);
		this.connection.settle();
		assertThat(pending()).contains(TIMER);
		wayOut.accept(this.connection);
		this.connection.settle();
		assertThat(state()).isNotEqualTo(ConnectionState.OPEN);
		assertThat(pending()).doesNotContain(TIMER);
	}

	static Stream<Consumer<TestConnection>> waysOut() {
		return Stream.of((connection) -> connection.engine().close(), (connection) -> connection.engine().reconnect(),
				(connection) -> connection.transport().attempt().socket().breaks(),
				(connection) -> connection.transport().attempt().socket().peerCloses(1000));
	}

	@Test
	void renewedTwiceIsRenewedOnce() {
		openThenRenew(HALF);
		this.connection.advance(Duration.ofSeconds(5));
		this.connection.random(MOST).engine().renew();
		this.connection.almost(Duration.ofSeconds(10));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		this.connection.open();
		assertThat(pending()).doesNotContain(TIMER);
	}

	@Test
	void renewedAgainWhileAWriterIsWaitedForIsNotPutOff() {
		this.connection.transport().hold();
		openThenRenew(LEAST, "one");
		this.connection.advance(SEND_TIMEOUT.minusSeconds(1));
		this.connection.random(MOST).engine().renew();
		this.connection.almost(Duration.ofSeconds(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	private ManualSocket openThenRenew(RandomGenerator random, String... sent) {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		for (String text : sent) {
			this.connection.engine().send(text);
			this.connection.settle();
		}
		this.connection.random(random).engine().renew();
		return socket;
	}

	private List<String> pending() {
		return this.connection.clock().pending();
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

}
