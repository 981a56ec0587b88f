package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionEvent.MessagesDiscarded;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Tests for {@link OutboundQueue} with keys: a newer message takes the place of an older
 * one that waits. Five seconds, three messages, ten bytes. What begins with a letter has
 * that letter as its key.
 */
class ConflationTests {

	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

	private final TestConnection connection = new TestConnection();

	@Test
	void newerTakesThePlaceOfTheOlder() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("1", "a1", "2", "a2");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, REPLACED, pending, pending]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(3, 4));
		assertThat(open().written()).containsExactly("1", "a2", "2");
		assertThat(fates).hasToString("[sent, REPLACED, sent, sent]");
		assertThat(fates).allSatisfy((fate) -> assertThat(fate.completions()).isEqualTo(1));
	}

	@Test
	void replacedIsToldAndCounted() {
		bounded(OutboundOverflow.REJECT);
		send("a1", "a2");
		this.connection.settle();
		assertThat(this.connection.events(MessagesDiscarded.class)).singleElement().satisfies((event) -> {
			assertThat(event.reason()).isEqualTo(DiscardReason.REPLACED);
			assertThat(event.messages()).isEqualTo(1);
		});
		assertThat(this.connection.engine().snapshot().discarded()).isEqualTo(new Amount(1, 2));
	}

	@Test
	void firstAndLastKeepTheirPlacesToo() {
		bounded(OutboundOverflow.REJECT);
		send("a1", "1", "b1", "b2", "a2");
		assertThat(open().written()).containsExactly("a2", "1", "b2");
	}

	@Test
	void differentKeysAndNoKeysDoNotReplaceOneAnother() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("a1", "b1", "1", "2");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, pending, QUEUE_FULL]");
	}

	@Test
	void newerHasItsOwnTimeToLive() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("a1", "1");
		this.connection.advance(Duration.ofSeconds(2));
		fates.addAll(send("a2"));
		this.connection.almost(Duration.ofSeconds(3));
		assertThat(fates).hasToString("[REPLACED, pending, pending]");
		this.connection.nano();
		assertThat(fates).as("the one behind it expires before it").hasToString("[REPLACED, EXPIRED, pending]");
		this.connection.almost(Duration.ofSeconds(2));
		assertThat(fates).hasToString("[REPLACED, EXPIRED, pending]");
		this.connection.nano();
		assertThat(fates).hasToString("[REPLACED, EXPIRED, EXPIRED]");
		assertThat(this.connection.clock().pending()).containsExactly("event count");
	}

	@ParameterizedTest
	@EnumSource
	void fullQueueTakesWhatReplaces(OutboundOverflow overflow) {
		bounded(overflow);
		List<Fate> fates = send("1", "2", "a1", "a2");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, REPLACED, pending]");
	}

	@ParameterizedTest
	@EnumSource
	void bytesOfTheOlderAreFreeForTheNewer(OutboundOverflow overflow) {
		bounded(overflow);
		List<Fate> fates = send("12345", "a2345", "a6789");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, REPLACED, pending]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(2, 10));
	}

	@Test
	void newerThatDoesNotFitLeavesTheOlder() {
		bounded(OutboundOverflow.REJECT);
		List<Fate> fates = send("12345", "a2345", "a23456");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, QUEUE_FULL]");
		assertThat(open().written()).containsExactly("12345", "a2345");
	}

	@ParameterizedTest
	@EnumSource
	void newerThatIsTooLargeLeavesTheOlder(OutboundOverflow overflow) {
		bounded(overflow);
		List<Fate> fates = send("1", "a1", "a2345678901");
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, TOO_LARGE]");
	}

	@Test
	void oldestOthersLoseForANewerThatDoesNotFit() {
		bounded(OutboundOverflow.DROP_OLDEST);
		List<Fate> fates = send("a234", "1", "2345", "a23456");
		this.connection.settle();
		assertThat(fates).hasToString("[REPLACED, QUEUE_FULL, pending, pending]");
		assertThat(open().written()).as("the place is kept").containsExactly("a23456", "2345");
	}

	@Test
	void everyOtherMayLoseForANewer() {
		bounded(OutboundOverflow.DROP_OLDEST);
		List<Fate> fates = send("1", "a1", "2", "a234567890");
		this.connection.settle();
		assertThat(fates).hasToString("[QUEUE_FULL, REPLACED, QUEUE_FULL, pending]");
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(1, 10));
	}

	@Test
	void nothingLosesForANewerThatDoesNotFitBesideWhatAWriterHolds() {
		bounded(OutboundOverflow.DROP_OLDEST);
		ManualSocket socket = holding();
		List<Fate> fates = send("12345");
		this.connection.settle();
		socket.take();
		fates.addAll(send("1", "a1", "a23456"));
		this.connection.settle();
		assertThat(fates).hasToString("[pending, pending, pending, QUEUE_FULL]");
	}

	@Test
	void keyIsFreeAgainOnceItsMessageWasTaken() {
		bounded(OutboundOverflow.REJECT);
		ManualSocket socket = holding();
		List<Fate> fates = send("a1");
		this.connection.settle();
		socket.take();
		fates.addAll(send("a2"));
		socket.writeAll();
		this.connection.settle();
		assertThat(fates).hasToString("[sent, sent]");
		assertThat(socket.written()).containsExactly("a1", "a2");
	}

	@Test
	void keyIsFreeAgainOnceItsMessageHasExpiredOrWasDropped() {
		bounded(OutboundOverflow.DROP_OLDEST);
		List<Fate> fates = send("a1");
		this.connection.advance(TIME_TO_LIVE);
		fates.addAll(send("a2", "1", "2", "3", "a3"));
		this.connection.settle();
		assertThat(fates).hasToString("[EXPIRED, QUEUE_FULL, QUEUE_FULL, pending, pending, pending]");
		assertThat(open().written()).containsExactly("2", "3", "a3");
	}

	@Test
	void nothingIsReplacedUnderRejectWhileDisconnected() {
		this.connection.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.REJECT, 3, 10,
				TIME_TO_LIVE, OutboundOverflow.REJECT, Duration.ofSeconds(10))));
		List<Fate> fates = send("a1", "a2");
		this.connection.settle();
		assertThat(fates).hasToString("[NOT_CONNECTED, NOT_CONNECTED]");
		ManualSocket socket = holding();
		fates.addAll(send("a3", "a4"));
		this.connection.settle();
		assertThat(fates).hasToString("[NOT_CONNECTED, NOT_CONNECTED, REPLACED, pending]");
		socket.breaks();
		socket.done(null);
		this.connection.settle();
		assertThat(fates).hasToString("[NOT_CONNECTED, NOT_CONNECTED, REPLACED, NOT_CONNECTED]");
	}

	@Test
	void nothingIsReplacedWhileClosing() {
		bounded(OutboundOverflow.REJECT);
		ManualSocket socket = holding();
		List<Fate> fates = send("a1");
		this.connection.engine().close();
		fates.addAll(send("a2"));
		this.connection.settle();
		assertThat(fates).hasToString("[pending, CLOSED]");
		socket.writeAll();
		this.connection.settle();
		assertThat(fates).hasToString("[sent, CLOSED]");
	}

	@Test
	@SuppressWarnings("NullAway")
	void keyIsNeeded() {
		assertThatNullPointerException().isThrownBy(() -> this.connection.engine().send(new Message.Text("text"), null))
			.withMessageContaining("key");
	}

	private void bounded(OutboundOverflow overflow) {
		this.connection.settings((settings) -> settings
			.outbound(new Outbound(WhenDisconnected.QUEUE, 3, 10, TIME_TO_LIVE, overflow, Duration.ofSeconds(10))));
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private ManualSocket holding() {
		this.connection.transport().hold();
		return open();
	}

	private List<Fate> send(String... texts) {
		List<Fate> fates = new ArrayList<>();
		for (String text : texts) {
			Message message = new Message.Text(text);
			boolean keyed = Character.isLetter(text.charAt(0));
			fates.add(Fate.of(keyed ? this.connection.engine().send(message, text.substring(0, 1))
					: this.connection.engine().send(message)));
		}
		return fates;
	}

}
