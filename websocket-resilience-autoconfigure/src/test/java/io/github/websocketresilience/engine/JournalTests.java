package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Deliverer.Failure;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Journal}. Every step takes a second.
 */
class JournalTests {

	private static final Disconnect LOST = Disconnect.of(Kind.CONNECTION_LOST, "connection lost");

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final SimulatedTime time = new SimulatedTime(1);

	private final List<ConnectionEvent> observed = new ArrayList<>();

	private final List<ConnectionEvent> heard = new ArrayList<>();

	private final Journal journal = new Journal("test", this.time, this.observed::add, this.heard::add);

	private final Instant start = this.time.now();

	@Test
	void beginsIdle() {
		assertThat(this.journal.view())
			.isEqualTo(new Journal.View(ConnectionState.IDLE, this.start, null, 0, null, null, null, false));
		assertThat(this.journal.isClosed()).isFalse();
	}

	@Test
	void viewFollowsALife() {
		this.journal.begin();
		assertThat(this.journal.view().notOpenSince()).isEqualTo(this.start);
		tick();
		this.journal.attempted(1, "ws://localhost/test");
		assertView(ConnectionState.CONNECTING, 1, this.start, 1, null);
		this.journal.using("ws://localhost/test");
		tick();
		this.journal.opened("chat", Duration.ofMillis(3));
		assertView(ConnectionState.OPEN, 2, null, 1, null);
		tick();
		this.journal.disconnected(LOST, true);
		assertThat(this.journal.view().state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.journal.view().lastDisconnect()).isEqualTo(LOST);
		this.journal.retryScheduled(Duration.ofSeconds(7), LOST, 1);
		assertView(ConnectionState.WAITING, 3, at(3), 1, at(10));
		tick();
		this.journal.attempted(2, "ws://localhost/test");
		assertView(ConnectionState.CONNECTING, 4, at(3), 2, null);
		assertThat(this.journal.view().url()).isEqualTo("ws://localhost/test");
		assertThat(this.observed).isEqualTo(this.heard)
			.containsExactly(
					new ConnectionEvent.Attempted("test", 1, at(1), ConnectionState.IDLE, "ws://localhost/test"),
					new ConnectionEvent.Opened("test", 1, at(2), "chat", Duration.ofMillis(3), Duration.ofSeconds(2)),
					new ConnectionEvent.Disconnected("test", 1, at(3), LOST, true),
					new ConnectionEvent.RetryScheduled("test", 1, at(3), ConnectionState.OPEN, Duration.ofSeconds(7),
							LOST, 1),
					new ConnectionEvent.Attempted("test", 2, at(4), ConnectionState.WAITING, "ws://localhost/test"));
	}

	@Test
	void closeOnPurposeIsNotGivingUp() {
		open();
		tick();
		this.journal.closing();
		assertView(ConnectionState.CLOSING, 1, at(1), 1, null);
		tick();
		this.journal.closed(null);
		assertView(ConnectionState.CLOSED, 2, at(1), 1, null);
		assertThat(this.journal.view().gaveUp()).isFalse();
		assertThat(this.journal.isClosed()).isTrue();
		assertThat(this.heard).endsWith(new ConnectionEvent.Closing("test", 1, at(1)),
				new ConnectionEvent.Closed("test", 1, at(2), ConnectionState.CLOSING, null));
	}

	@Test
	void givingUpIsRememberedUntilTheNextRun() {
		this.journal.begin();
		this.journal.attempted(1, "ws://localhost/test");
		this.journal.disconnected(LOST, false);
		this.journal.closed(LOST);
		assertThat(this.journal.view().gaveUp()).isTrue();
		assertThat(this.heard)
			.endsWith(new ConnectionEvent.Closed("test", 1, this.start, ConnectionState.CONNECTING, LOST));
		tick();
		this.journal.begin();
		assertThat(this.journal.view())
			.isEqualTo(new Journal.View(ConnectionState.CLOSED, this.start, at(1), 0, null, null, LOST, false));
	}

	@Test
	void eventsCarryTheNumberOfTheirAttempt() {
		open();
		IllegalStateException failure = new IllegalStateException("planned");
		this.journal.attemptDelayed(SECOND);
		this.journal.heartbeatAnswered(SECOND);
		this.journal.heartbeatMissed(2);
		this.journal.discarded(DiscardReason.EXPIRED, 3);
		this.journal.policyFailed(failure);
		this.journal.internalError("impossible", failure);
		this.journal.listenerFailed(new Failure("Listener", failure, true));
		assertThat(this.observed).isEqualTo(this.heard)
			.endsWith(new ConnectionEvent.AttemptDelayed("test", 1, this.start, SECOND),
					new ConnectionEvent.HeartbeatAnswered("test", 1, this.start, SECOND),
					new ConnectionEvent.HeartbeatMissed("test", 1, this.start, 2),
					new ConnectionEvent.MessagesDiscarded("test", 1, this.start, DiscardReason.EXPIRED, 3),
					new ConnectionEvent.PolicyFailed("test", 1, this.start, failure),
					new ConnectionEvent.InternalError("test", 1, this.start, "impossible", failure),
					new ConnectionEvent.ListenerFailed("test", 1, this.start, "Listener", failure, true));
	}

	@Test
	void failureWithAnEventIsNotToldToListeners() {
		open();
		int before = this.heard.size();
		this.journal.listenerFailed(new Failure("Listener", new AssertionError("planned"), false));
		assertThat(this.heard).hasSize(before);
		assertThat(this.observed).hasSize(before + 1).last().isInstanceOf(ConnectionEvent.ListenerFailed.class);
	}

	@Test
	void afterTheCloseListenersAreToldNothing() {
		open();
		this.journal.closed(null);
		List<ConnectionEvent> before = List.copyOf(this.heard);
		this.journal.listenerFailed(new Failure("Listener", new AssertionError("planned"), true));
		this.journal.internalError("impossible", null);
		assertThat(this.heard).isEqualTo(before);
		assertThat(this.observed).hasSize(before.size() + 2);
	}

	private void open() {
		this.journal.begin();
		this.journal.attempted(1, "ws://localhost/test");
		this.journal.opened("", SECOND);
	}

	private void tick() {
		this.time.advance(SECOND);
	}

	private Instant at(int seconds) {
		return this.start.plusSeconds(seconds);
	}

	private void assertView(ConnectionState state, int since, Instant notOpenSince, long attempt, Instant nextAt) {
		Journal.View view = this.journal.view();
		assertThat(view.state()).isEqualTo(state);
		assertThat(view.since()).isEqualTo(at(since));
		assertThat(view.notOpenSince()).isEqualTo(notOpenSince);
		assertThat(view.attempt()).isEqualTo(attempt);
		assertThat(view.nextAttemptAt()).isEqualTo(nextAt);
	}

}
