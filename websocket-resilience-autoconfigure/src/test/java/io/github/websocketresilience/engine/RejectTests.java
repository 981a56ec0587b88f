package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@code outbound.when-disconnected: reject}: nothing waits for the next
 * socket.
 */
class RejectTests {

	private static final Disconnect WRITE_FAILED = Disconnect.of(Kind.WRITE_FAILED, "write failed");

	private final TestConnection connection = new TestConnection();

	@Test
	void underRejectEverythingNotYetWrittenFailsAtADisconnect() {
		rejecting();
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("written", "begun", "taken");
		this.connection.settle();
		socket.take();
		socket.flush();
		socket.take();
		fates.addAll(send("waiting"));
		socket.breaks();
		this.connection.settle();
		assertThat(fates).hasToString("[sent, pending, pending, NOT_CONNECTED]");
		fates.addAll(send("new"));
		socket.done(WRITE_FAILED);
		this.connection.settle();
		assertThat(fates).hasToString("[sent, LOST_IN_FLIGHT, NOT_CONNECTED, NOT_CONNECTED, NOT_CONNECTED]");
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(this.connection.open().isWriting()).as("nothing waits for the next socket").isFalse();
	}

	@Test
	void underRejectReconnectFailsWhatWaits() {
		rejecting();
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("begun");
		this.connection.settle();
		socket.take();
		List<Fate> fates = send("waiting");
		this.connection.engine().reconnect();
		this.connection.settle();
		assertThat(fates).hasToString("[NOT_CONNECTED]");
	}

	@Test
	void underRejectAnOpenConnectionQueues() {
		rejecting();
		ManualSocket socket = open();
		List<Fate> fates = send("one", "two");
		this.connection.settle();
		assertThat(socket.written()).containsExactly("one", "two");
		assertThat(fates).hasToString("[sent, sent]");
	}

	@Test
	void failureSaysWhatCanBeChangedAndNotWhatWasSent() {
		rejecting();
		Fate fate = send("secret").get(0);
		this.connection.settle();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(fate.future()::join)
			.havingCause()
			.isInstanceOfSatisfying(SendFailedException.class, (ex) -> {
				assertThat(ex.reason()).isEqualTo(Reason.NOT_CONNECTED);
				assertThat(ex).hasMessageContaining("'prices'").hasMessageContaining("outbound.when-disconnected");
				assertThat(ex.getMessage()).doesNotContain("secret");
				assertThat(ex.getStackTrace()).isEmpty();
			});
	}

	private void rejecting() {
		this.connection.settings((settings) -> settings.outbound(new Outbound(WhenDisconnected.REJECT, 10, 1000,
				Duration.ofSeconds(30), OutboundOverflow.REJECT, Duration.ofSeconds(10))));
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private List<Fate> send(String... texts) {
		List<Fate> fates = new ArrayList<>();
		for (String text : texts) {
			fates.add(Fate.of(this.connection.engine().send(text)));
		}
		return fates;
	}

}
