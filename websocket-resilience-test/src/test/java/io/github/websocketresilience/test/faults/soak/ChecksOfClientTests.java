package io.github.websocketresilience.test.faults.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A test of a test's tools: they must see what they are there to see.
 */
class ChecksOfClientTests {

	private final Inbox inbox = new Inbox();

	private final Witness witness = new Witness();

	@Test
	void messagesInOrderOnOneSocketAfterTheOtherAreFine() {
		this.inbox.onEvent(opened());
		receive("s:1:1:", "s:1:2:", "{\"id\":1,\"r\":1}");
		this.inbox.onEvent(disconnected());
		this.inbox.onEvent(opened());
		receive("s:3:1:");
		assertThat(this.inbox.report()).containsEntry("received", 3L).containsEntry("missing", 0L);
		assertThat(problems()).isEmpty();
	}

	@Test
	void missingMessagesAreCounted() {
		this.inbox.onEvent(opened());
		receive("s:1:2:", "s:1:5:");
		assertThat(this.inbox.report()).containsEntry("missing", 3L);
		assertThat(problems()).isEmpty();
	}

	@Test
	void duplicatesAndOtherSocketsAreSeen() {
		this.inbox.onEvent(opened());
		receive("s:2:1:", "s:2:1:", "s:1:2:");
		assertThat(problems()).containsExactly("number 1 after 1", "socket 1 after 2");
	}

	@Test
	void messagesOutsideOfASocketsLifeAreSeen() {
		receive("s:1:1:");
		assertThat(problems()).contains("message before open or after the end");
	}

	@Test
	void heartbeatsThatReachListenersAreSeen() {
		this.inbox.onEvent(opened());
		receive("hb-ack");
		assertThat(problems()).containsExactly("not for listeners: hb-ack");
	}

	@Test
	void listenerThrowsAsOftenAsItIsTold() {
		this.inbox.onEvent(opened());
		this.inbox.fail(1);
		assertThatIllegalStateException().isThrownBy(() -> receive("s:1:1:"));
		receive("s:1:2:");
		assertThat(this.inbox.report()).containsEntry("received", 2L);
	}

	@Test
	void attemptAfterCloseIsSeenUnlessItWasToldToStart() {
		this.witness.onEvent(attempted(ConnectionState.IDLE));
		this.witness.onEvent(closed());
		this.witness.closing();
		this.witness.starting();
		this.witness.onEvent(attempted(ConnectionState.CLOSED));
		assertThat(this.witness.report()).containsEntry("eventProblems", List.of());
		this.witness.onEvent(closed());
		this.witness.onEvent(attempted(ConnectionState.CLOSED));
		assertThat(this.witness.report()).containsEntry("eventProblems", List.of("attempt after close"));
	}

	@Test
	void changesThatDoNotFollowOneAnotherAreSeen() {
		this.witness.onEvent(attempted(ConnectionState.IDLE));
		this.witness.onEvent(attempted(ConnectionState.WAITING));
		assertThat(this.witness.report()).containsEntry("eventProblems",
				List.of("WAITING -> CONNECTING in CONNECTING"));
	}

	private void receive(String... texts) {
		for (String text : texts) {
			this.inbox.onMessage(new Message.Text(text));
		}
	}

	@SuppressWarnings("unchecked") // as the inbox makes it
	private List<String> problems() {
		Map<String, Object> report = this.inbox.report();
		return (List<String>) report.get("problems");
	}

	private static ConnectionEvent opened() {
		return new ConnectionEvent.Opened("c", 1, Instant.EPOCH, "", Duration.ZERO, Duration.ZERO);
	}

	private static ConnectionEvent disconnected() {
		return new ConnectionEvent.Disconnected("c", 1, Instant.EPOCH, Disconnect.peerClosed(1000, ""), true);
	}

	private static ConnectionEvent attempted(ConnectionState from) {
		return new ConnectionEvent.Attempted("c", 1, Instant.EPOCH, from, "ws://localhost");
	}

	private static ConnectionEvent closed() {
		return new ConnectionEvent.Closed("c", 1, Instant.EPOCH, ConnectionState.CONNECTING, null);
	}

}
