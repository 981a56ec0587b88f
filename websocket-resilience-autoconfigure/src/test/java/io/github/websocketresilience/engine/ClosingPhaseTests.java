package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionEvent.HeartbeatAnswered;
import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClosingPhase} and {@link Farewell}: what still counts during a close,
 * and what it leaves.
 */
class ClosingPhaseTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void nothingIsWrittenBehindTheCloseFrame() {
		this.connection.settings((settings) -> settings.autoReplies(IntStream.rangeClosed(0, Lane.CAPACITY)
			.mapToObj((i) -> new AutoReply(Pattern.compile("ping " + i), "pong"))
			.toList()));
		ManualSocket socket = open();
		this.connection.engine().close();
		IntStream.rangeClosed(0, Lane.CAPACITY).forEach((i) -> socket.text("ping " + i));
		this.connection.settle();
		assertThat(socket.isWriting()).isFalse();
		assertThat(this.connection.engine().control()).isZero();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSING);
	}

	@Test
	void replyToAHeartbeatIsToldWhileClosing() {
		ManualSocket socket = open();
		this.connection.advance(Duration.ofSeconds(25));
		this.connection.engine().close();
		this.connection.advance(Duration.ofMillis(20));
		socket.pong(1);
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().roundTripTime()).isEqualTo(Duration.ofMillis(20));
		assertThat(this.connection.events(HeartbeatAnswered.class)).hasSize(1);
	}

	@Test
	void replyOnAnotherSocketIsNotToldWhileClosing() {
		ManualSocket old = open();
		this.connection.advance(Duration.ofSeconds(25));
		this.connection.engine().reconnect();
		this.connection.settle();
		this.connection.open();
		this.connection.engine().close();
		old.pong(1);
		this.connection.settle();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSING);
		assertThat(this.connection.events(HeartbeatAnswered.class)).isEmpty();
	}

	@Test
	void closeOfAClosedConnectionLeavesNothing() {
		this.connection.engine().close();
		this.connection.settle();
		CompletableFuture<Void> again = this.connection.engine().close();
		assertThat(this.connection.clock().pending()).isEmpty();
		SimulatedWorkers workers = this.connection.workers();
		assertThat(workers.pending(Group.COMPLETIONS)).isEqualTo(1);
		workers.runAll(Group.COMPLETIONS);
		assertThat(again).isCompleted();
	}

	@Test
	void futureOfACloseIsForgottenOnceItIsComplete() {
		this.connection.engine().close();
		this.connection.settle();
		this.connection.engine().close();
		SimulatedWorkers workers = this.connection.workers();
		workers.run(0);
		assertThat(workers.pending()).as("nobody stands by for a single future").isZero();
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

}
