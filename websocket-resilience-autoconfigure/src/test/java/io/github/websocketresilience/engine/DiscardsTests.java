package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionEvent.MessagesDiscarded;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.Disconnect;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Discards}: one event per reason and second, and none is forgotten. One
 * message of at most ten bytes may wait for 5 s.
 */
class DiscardsTests {

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.QUEUE, 1, 10, Duration.ofSeconds(5),
				OutboundOverflow.REJECT, Duration.ofSeconds(10))));

	@Test
	void firstIsToldAtOnceAndTheRestOfTheSecondTogether() {
		send("fits", "1", "2", "3");
		assertThat(told()).containsExactly("1 QUEUE_FULL");
		this.connection.almost(Duration.ofSeconds(1));
		send("4");
		assertThat(told()).containsExactly("1 QUEUE_FULL");
		this.connection.nano();
		assertThat(told()).containsExactly("1 QUEUE_FULL", "3 QUEUE_FULL");
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(told()).hasSize(2);
		assertThat(this.connection.clock().pending()).doesNotContain("event count");
		send("5");
		assertThat(told()).containsExactly("1 QUEUE_FULL", "3 QUEUE_FULL", "1 QUEUE_FULL");
	}

	@Test
	void everyReasonIsToldApart() {
		send("fits", "1", "more than ten bytes", "2");
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(told()).containsExactly("1 QUEUE_FULL", "1 QUEUE_FULL", "1 TOO_LARGE");
		this.connection.advance(Duration.ofSeconds(4));
		assertThat(told()).endsWith("1 EXPIRED");
	}

	@Test
	void whatWasNotToldIsToldBeforeClosed() {
		send("fits", "1", "2", "3");
		this.connection.engine().close();
		this.connection.settle();
		assertThat(told()).containsExactly("1 QUEUE_FULL", "2 QUEUE_FULL", "1 CLOSED");
		assertThat(this.connection.heard()).containsExactly("MessagesDiscarded", "MessagesDiscarded",
				"MessagesDiscarded", "Closed");
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void whatWasDiscardedWhileClosedIsCountedAndNeverTold() {
		this.connection.engine().close();
		this.connection.settle();
		send("late", "late");
		this.connection.start();
		send("fits", "1");
		assertThat(told()).containsExactly("1 QUEUE_FULL");
	}

	@Test
	void whatTheNextRunDiscardsIsTold() {
		send("fits", "1");
		this.connection.engine().close();
		this.connection.start();
		send("fits", "2");
		assertThat(told()).containsExactly("1 QUEUE_FULL", "1 CLOSED", "1 QUEUE_FULL");
	}

	@Test
	void messagesOfASocketThatNeverOpenedAreCounted() {
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.engine().text("greeting");
		attempt.fails(Disconnect.refused(503, null));
		attempt.engine().text("late");
		this.connection.settle();
		assertThat(this.connection.engine().discarded(DiscardReason.SOCKET_ENDED)).isEqualTo(2);
		assertThat(this.connection.heard()).doesNotContain("greeting", "late");
	}

	private void send(String... texts) {
		for (String text : texts) {
			this.connection.engine().send(text);
		}
		this.connection.settle();
	}

	private List<String> told() {
		return this.connection.events(MessagesDiscarded.class)
			.stream()
			.map((event) -> event.messages() + " " + event.reason())
			.toList();
	}

}
