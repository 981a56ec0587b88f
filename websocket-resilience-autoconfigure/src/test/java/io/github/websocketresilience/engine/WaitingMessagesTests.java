package io.github.websocketresilience.engine;

import java.util.List;

import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WaitingMessages}: what expires when messages do not wait in the order
 * of their deadlines.
 */
class WaitingMessagesTests {

	private final WaitingMessages waiting = new WaitingMessages();

	@Test
	void messageBehindOneThatLivesLongerExpires() {
		Outgoing longer = message(30);
		Outgoing shorter = message(20);
		this.waiting.addLast(longer);
		this.waiting.addLast(shorter);
		assertThat(this.waiting.timeToExpiry(10)).isEqualTo(10);
		assertThat(this.waiting.removeExpired(20)).containsExactly(shorter);
		assertThat(this.waiting.timeToExpiry(20)).isEqualTo(10);
	}

	@Test
	void messageBehindOneThatTookAPlaceExpires() {
		Outgoing older = message(10);
		Outgoing next = message(20);
		Outgoing newer = message(30);
		this.waiting.addLast(older);
		this.waiting.addLast(next);
		this.waiting.replace(older, newer);
		assertThat(this.waiting.removeExpired(25)).containsExactly(next);
		assertThat(this.waiting.removeAll()).isEqualTo(List.of(newer));
	}

	private static Outgoing message(long deadline) {
		return new Outgoing(new Message.Text("text"), null, deadline);
	}

}
