package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutboundQueue}: time-to-live and bounds, on both sides of each. Five
 * seconds, three messages, ten bytes.
 */
class OutboundLimitsTests {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

	private final TestConnection connection = new TestConnection();

	@Test
	void messageThatWaitsExpiresAtItsTime() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("one");
		this.connection.advance(Duration.ofSeconds(2));
		fates.addAll(send("two"));
		this.connection.almost(Duration.ofSeconds(3));
		assertThat(fates).hasToString("[pending, pending]");
		this.connection.nano();
		assertThat(fates).hasToString("[EXPIRED, pending]");
		this.connection.almost(Duration.ofSeconds(2));
		assertThat(fates).hasToString("[EXPIRED, pending]");
		this.connection.nano();
		assertThat(fates).hasToString("[EXPIRED, EXPIRED]");
		assertThat(this.connection.clock().pending()).containsExactly("event count");
		this.connection.start();
		assertThat(this.connection.open().written()).isEmpty();
	}

	@Test
	void messageInTheLastNanosecondOfItsTimeIsWritten() {
		List<Fate> fates = takenBehindAWriteOf(TIME_TO_LIVE.minusNanos(1));
		ManualSocket socket = socket();
		socket.flush();
		assertThat(socket.take()).isEqualTo("taken");
		this.connection.nano();
		socket.flush();
		this.connection.settle();
		assertThat(fates).hasToString("[sent, sent]");
	}

	@Test
	void messageInAWritersHandsExpiresRightBeforeItIsWritten() {
		List<Fate> fates = takenBehindAWriteOf(TIME_TO_LIVE);
		fates.addAll(send("new"));
		assertThat(fates).hasToString("[pending, pending, pending]");
		socket().flush();
		assertThat(socket().take()).isEqualTo("new");
		this.connection.settle();
		assertThat(fates).hasToString("[sent, EXPIRED, pending]");
		socket().flush();
		assertThat(socket().take()).isNull();
		this.connection.settle();
		assertThat(fates).hasToString("[sent, EXPIRED, sent]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void messageExpiresAtTheReturn() {
		List<Fate> fates = takenBehindAWriteOf(TIME_TO_LIVE);
		socket().done(null);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, EXPIRED]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void messageThatIsReturnedInTimeExpiresInItsTime() {
		List<Fate> fates = takenBehindAWriteOf(TIME_TO_LIVE.minusNanos(1));
		socket().breaks();
		socket().done(null);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, pending]");
		this.connection.nano();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, EXPIRED]");
	}

	@Test
	void newMessageLosesWhenTheQueueIsFull() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("1", "2", "3", "4");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, pending, QUEUE_FULL]");
	}

	@Test
	void oldestMessageLosesWhenTheQueueIsFullAndDrops() {
		bounded(OutboundOverflow.DROP_OLDEST);
		List<Fate> fates = send("1", "2", "3");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, pending]");
		fates.addAll(send("4"));
		this.connection.settle();
		assertThat(fates).hasToString("[QUEUE_FULL, pending, pending, pending]");
	}

	@Test
	void bytesAreBoundedToo() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("123456", "1234", "1");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, QUEUE_FULL]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(2, 10));
	}

	@Test
	void asManyOldMessagesLoseAsBytesAreNeeded() {
		bounded(OutboundOverflow.DROP_OLDEST);
		List<Fate> fates = send("1234", "12", "1234", "123456");
		this.connection.settle();
		assertThat(fates).hasToString("[QUEUE_FULL, QUEUE_FULL, pending, pending]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(2, 10));
	}

	@ParameterizedTest
	@EnumSource
	void messageLargerThanTheQueueIsRefusedAndDropsNothing(OutboundOverflow overflow) {
		bounded(overflow);
		List<Fate> fates = send("12", "12345678901");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, TOO_LARGE]");
	}

	@ParameterizedTest
	@EnumSource
	void messageAsLargeAsTheQueueFits(OutboundOverflow overflow) {
		bounded(overflow);
		List<Fate> fates = send("1234567890");
		this.connection.settle();
		assertThat(fates).hasToString("[pending]");
	}

	@ParameterizedTest
	@EnumSource
	void whatAWriterHoldsCountsUntilItIsWritten(OutboundOverflow overflow) {
		bounded(overflow);
		this.connection.transport().hold();
		this.connection.start();
		ManualSocket socket = this.connection.open();
		List<Fate> fates = send("1", "2", "3");
		this.connection.settle();
		socket.take();
		fates.addAll(send("4"));
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, pending, QUEUE_FULL]");
		socket.flush();
		fates.addAll(send("5"));
		this.connection.settle();
		assertThat(fates).hasToString("[sent, pending, pending, QUEUE_FULL, pending]");
		socket.breaks();
		socket.done(null);
		assertThat(this.connection.engine().snapshot().queue()).as("a return fits").isEqualTo(new Amount(3, 3));
	}

	private void bounded(OutboundOverflow overflow) {
		this.connection.settings((settings) -> settings
			.outbound(new Outbound(WhenDisconnected.QUEUE, 3, 10, TIME_TO_LIVE, overflow, Duration.ofSeconds(10))));
	}

	/**
	 * Send two messages of which a writer takes both and writes the first for some time.
	 */
	private List<Fate> takenBehindAWriteOf(Duration duration) {
		bounded(OutboundOverflow.REJECT);
		this.connection.transport().hold();
		this.connection.start();
		this.connection.open();
		List<Fate> fates = send("1", "taken");
		this.connection.settle();
		socket().take();
		this.connection.advance(duration);
		assertThat(fates).hasToString("[pending, pending]");
		return fates;
	}

	private ManualSocket socket() {
		return this.connection.transport().attempt().socket();
	}

	private List<Fate> send(String... texts) {
		List<Fate> fates = new ArrayList<>();
		for (String text : texts) {
			fates.add(Fate.of(this.connection.engine().send(text)));
		}
		return fates;
	}

}
