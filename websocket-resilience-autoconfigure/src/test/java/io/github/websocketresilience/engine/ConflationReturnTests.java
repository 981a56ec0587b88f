package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue} with keys: what a writer holds is not replaced until it
 * comes back. Messages live for five seconds; what begins with a letter has that letter
 * as its key.
 */
class ConflationReturnTests {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.QUEUE, 10, 100, TIME_TO_LIVE,
				OutboundOverflow.REJECT, Duration.ofSeconds(10))));

	private final List<Fate> fates = new ArrayList<>();

	private final ManualSocket socket = open();

	@Test
	void whatAWriterHoldsIsNotReplaced() {
		send("1", "a1");
		this.socket.take();
		send("a2");
		this.socket.flush();
		this.socket.writeAll();
		this.connection.settle();
		assertThat(this.fates).hasToString("[sent, sent, sent]");
		assertThat(this.socket.written()).containsExactly("1", "a1", "a2");
	}

	@Test
	void newerTakesThePlaceOfAnOlderThatComesBack() {
		send("1", "2", "a1", "3");
		this.socket.take();
		send("4", "a2");
		breaks();
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, pending, REPLACED, pending, pending, pending]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(4, 5));
		assertThat(next().written()).containsExactly("2", "a2", "3", "4");
	}

	@Test
	void keysThatComeBackCanBeReplacedAgain() {
		send("1", "a1", "2");
		this.socket.take();
		breaks();
		send("a2");
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, REPLACED, pending, pending]");
		assertThat(next().written()).containsExactly("a2", "2");
	}

	@Test
	void olderThatComesBackTooLateHasExpiredAndLeavesTheNewerWhereItIs() {
		send("1", "a1");
		this.socket.take();
		this.connection.almost(TIME_TO_LIVE);
		send("2", "a2");
		this.connection.nano();
		breaks();
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, EXPIRED, pending, pending]");
		assertThat(next().written()).containsExactly("2", "a2");
	}

	@Test
	void newerThatTookThePlaceExpiresInItsOwnTime() {
		send("1", "a1", "2");
		this.socket.take();
		this.connection.advance(Duration.ofSeconds(2));
		send("a2");
		breaks();
		this.connection.almost(Duration.ofSeconds(3));
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, REPLACED, pending, pending]");
		this.connection.nano();
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, REPLACED, EXPIRED, pending]");
		this.connection.almost(Duration.ofSeconds(2));
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, REPLACED, EXPIRED, pending]");
		this.connection.nano();
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, REPLACED, EXPIRED, EXPIRED]");
	}

	@Test
	void whatComesBackInAnotherRunReplacesNothing() {
		send("1", "a1");
		this.socket.take();
		this.connection.engine().close();
		this.connection.advance(Duration.ofSeconds(5));
		this.connection.engine().start();
		send("a2");
		this.socket.done(null);
		this.connection.settle();
		assertThat(this.fates).hasToString("[LOST_IN_FLIGHT, CLOSED, pending]");
	}

	private ManualSocket open() {
		this.connection.transport().hold();
		this.connection.start();
		return this.connection.open();
	}

	/**
	 * The socket ends, and its writer returns.
	 */
	private void breaks() {
		this.socket.breaks();
		this.socket.done(null);
		this.connection.settle();
	}

	private ManualSocket next() {
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket result = this.connection.open();
		result.writeAll();
		return result;
	}

	private void send(String... texts) {
		for (String text : texts) {
			Message message = new Message.Text(text);
			boolean keyed = Character.isLetter(text.charAt(0));
			this.fates.add(Fate.of(keyed ? this.connection.engine().send(message, text.substring(0, 1))
					: this.connection.engine().send(message)));
		}
		this.connection.settle();
	}

}
