package io.github.websocketresilience.actuate.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.StubConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionHistory}.
 */
class ConnectionHistoryTests {

	private static final String NAME = "prices";

	private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

	private static final Disconnect REFUSED = Disconnect.refused(503, null);

	private final ConnectionHistory history = new ConnectionHistory();

	@Test
	void unknownConnectionHasNone() {
		assertThat(this.history.of(NAME)).isEmpty();
	}

	@Test
	void transitionsAreToldInOrderWithCauseAndDuration() {
		attempted(ConnectionState.IDLE, 0);
		disconnected(REFUSED, 1);
		retry(ConnectionState.CONNECTING, REFUSED, 1);
		attempted(ConnectionState.WAITING, 4);
		opened(5);
		this.history.onEvent(new ConnectionEvent.HeartbeatMissed(NAME, 1, at(6), 1));
		assertThat(this.history.of(NAME)).containsExactly(
				new Transition(ConnectionState.IDLE, ConnectionState.CONNECTING, at(0), null, 1, null),
				new Transition(ConnectionState.CONNECTING, ConnectionState.WAITING, at(1), Duration.ofSeconds(1), 1,
						"upgrade refused with HTTP 503"),
				new Transition(ConnectionState.WAITING, ConnectionState.CONNECTING, at(4), Duration.ofSeconds(3), 1,
						null),
				new Transition(ConnectionState.CONNECTING, ConnectionState.OPEN, at(5), Duration.ofSeconds(1), 1,
						null));
	}

	@Test
	void endOfASocketIsTheCauseOfTheNextChangeOnly() {
		opened(0);
		disconnected(Disconnect.of(Disconnect.Kind.RECONNECT_REQUESTED, "reconnect requested"), 1);
		attempted(ConnectionState.OPEN, 1);
		opened(2);
		assertThat(this.history.of(NAME)).extracting(Transition::cause)
			.containsExactly(null, "reconnect requested", null);
	}

	@Test
	void closeSaysThatItWasRequested() {
		this.history.onEvent(new ConnectionEvent.Closing(NAME, 1, at(0)));
		disconnected(Disconnect.peerClosed(1000, "secret"), 1);
		this.history.onEvent(new ConnectionEvent.Closed(NAME, 1, at(1), ConnectionState.CLOSING, null));
		assertThat(this.history.of(NAME)).extracting(Transition::cause)
			.containsExactly("close requested", "closed by peer with 1000 (normal)");
	}

	@Test
	void givingUpSaysSo() {
		disconnected(REFUSED, 1);
		this.history.onEvent(new ConnectionEvent.Closed(NAME, 1, at(1), ConnectionState.CONNECTING, REFUSED));
		assertThat(this.history.of(NAME)).extracting(Transition::cause)
			.containsExactly("gave up: upgrade refused with HTTP 503");
	}

	@Test
	void clockThatIsSetBackMakesNoNegativeDuration() {
		attempted(ConnectionState.IDLE, 5);
		opened(0);
		assertThat(this.history.of(NAME).get(1).lasted()).isZero();
	}

	@Test
	void onlyTheLastAreKept() {
		IntStream.range(0, ConnectionHistory.MOST).forEach(this::opened);
		assertThat(this.history.of(NAME)).hasSize(ConnectionHistory.MOST)
			.first()
			.extracting(Transition::at)
			.isEqualTo(at(0));
		opened(ConnectionHistory.MOST);
		assertThat(this.history.of(NAME)).hasSize(20).first().extracting(Transition::at).isEqualTo(at(1));
		assertThat(this.history.of(NAME)).last().extracting(Transition::at).isEqualTo(at(ConnectionHistory.MOST));
	}

	@Test
	void removedConnectionIsForgottenAndItsNameBeginsAnew() {
		opened(0);
		this.history.onRemoved(new StubConnection(NAME));
		assertThat(this.history.of(NAME)).isEmpty();
		opened(9);
		assertThat(this.history.of(NAME)).singleElement().extracting(Transition::lasted).isNull();
	}

	private void attempted(ConnectionState from, int seconds) {
		this.history.onEvent(new ConnectionEvent.Attempted(NAME, 1, at(seconds), from, "ws://localhost"));
	}

	private void opened(int seconds) {
		this.history.onEvent(new ConnectionEvent.Opened(NAME, 1, at(seconds), "secret", Duration.ZERO, Duration.ZERO));
	}

	private void disconnected(Disconnect disconnect, int seconds) {
		this.history.onEvent(new ConnectionEvent.Disconnected(NAME, 1, at(seconds), disconnect, true));
	}

	private void retry(ConnectionState from, Disconnect cause, int seconds) {
		this.history
			.onEvent(new ConnectionEvent.RetryScheduled(NAME, 1, at(seconds), from, Duration.ofSeconds(3), cause, 1));
	}

	private static Instant at(int seconds) {
		return START.plusSeconds(seconds);
	}

}
