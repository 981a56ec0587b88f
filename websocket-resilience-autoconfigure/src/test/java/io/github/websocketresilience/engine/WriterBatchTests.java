package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Writer} when the transport writes several frames a flush. A write may
 * take ten seconds.
 */
class WriterBatchTests {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

	private static final Disconnect FAILURE = Disconnect.of(Kind.CONNECTION_LOST, "connection lost");

	private final TestConnection connection = new TestConnection();

	@Test
	void messageIsSentWhenItWasFlushedAndNotBefore() {
		ManualSocket socket = open();
		List<Fate> fates = send("1", "2", "3");
		take(socket, "1", "2");
		assertThat(fates).hasToString("[pending, pending, pending]");
		assertThat(this.connection.engine().snapshot().sent()).isEqualTo(new Amount(0, 0));
		flush(socket);
		assertThat(fates).hasToString("[sent, sent, pending]");
		assertThat(this.connection.engine().snapshot().sent()).isEqualTo(new Amount(2, 2));
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(1, 1));
		take(socket, "3");
		assertThat(socket.take()).isNull();
		assertThat(fates).hasToString("[sent, sent, pending]");
		flush(socket);
		assertThat(fates).hasToString("[sent, sent, sent]");
	}

	@Test
	void whatWasNotFlushedIsLostAndTheRestComesBackInOrder() {
		ManualSocket socket = open();
		List<Fate> fates = send("1", "2", "3", "4", "5");
		take(socket, "1");
		flush(socket);
		take(socket, "2", "3");
		socket.done(FAILURE);
		fates.addAll(send("6"));
		assertThat(fates).hasToString("[sent, LOST_IN_FLIGHT, LOST_IN_FLIGHT, pending, pending, pending]");
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		next.writeAll();
		this.connection.settle();
		assertThat(next.written()).containsExactly("4", "5", "6");
	}

	@Test
	void moreThanAWriterTakesAtOnceComesBackInOrder() {
		ManualSocket socket = open();
		send(IntStream.range(0, 140).mapToObj(String::valueOf).toArray(String[]::new));
		for (int i = 0; i < 70; i++) {
			take(socket, String.valueOf(i));
		}
		flush(socket);
		socket.done(null);
		this.connection.settle();
		for (int i = 70; i < 140; i++) {
			take(socket, String.valueOf(i));
		}
		assertThat(socket.take()).isNull();
	}

	@Test
	void flushThatBlocksIsAWriteThatTakesTooLong() {
		ManualSocket socket = open();
		List<Fate> fates = send("1");
		take(socket, "1");
		this.connection.advance(Duration.ofSeconds(4));
		assertThat(socket.take()).isNull();
		this.connection.almost(SEND_TIMEOUT);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.SEND_TIMEOUT);
		assertThat(fates).as("its writer has not returned").hasToString("[pending]");
		socket.done(FAILURE);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT]");
	}

	@Test
	void everyFrameHasItsOwnTime() {
		ManualSocket socket = open();
		send("1", "2");
		take(socket, "1");
		this.connection.almost(SEND_TIMEOUT);
		take(socket, "2");
		this.connection.almost(SEND_TIMEOUT);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.SEND_TIMEOUT);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nothingIsTimedAfterTheFlush(boolean looksBefore) {
		ManualSocket socket = open();
		send("1");
		take(socket, "1");
		if (looksBefore) {
			assertThat(socket.take()).isNull();
		}
		flush(socket);
		if (!looksBefore) {
			assertThat(socket.take()).isNull();
		}
		this.connection.advance(Duration.ofSeconds(24));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void writerThatFindsNothingWritesNothing() {
		ManualSocket socket = open(Duration.ofSeconds(5),
				new Heartbeat(Duration.ZERO, Duration.ofSeconds(10), 1, null, Reply.DEFAULT, Proof.ANY));
		List<Fate> fates = send("1");
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(fates).hasToString("[EXPIRED]");
		assertThat(socket.take()).isNull();
		this.connection.advance(Duration.ofMinutes(1));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void heartbeatIsHandedOverByTheFlush() {
		ManualSocket socket = open(Duration.ofMinutes(1),
				new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(5), 1, null, Reply.DEFAULT, Proof.ANY));
		this.connection.advance(Duration.ofSeconds(25));
		send("1");
		take(socket, "ping 1", "1");
		this.connection.advance(Duration.ofSeconds(7));
		assertThat(state()).as("its time has not begun").isEqualTo(ConnectionState.OPEN);
		flush(socket);
		this.connection.almost(Duration.ofSeconds(5));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
		this.connection.nano();
		assertThat(disconnect().kind()).isEqualTo(Kind.HEARTBEAT_TIMEOUT);
	}

	@Test
	void heartbeatMayBeAnsweredBeforeTheFlushIsOver() {
		ManualSocket socket = open();
		this.connection.advance(Duration.ofSeconds(25));
		take(socket, "ping 1");
		this.connection.advance(Duration.ofSeconds(1));
		socket.pong(1);
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().roundTripTime()).isEqualTo(Duration.ofSeconds(1));
		flush(socket);
		this.connection.advance(Duration.ofSeconds(20));
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void writerThatWasGivenUpChangesNothingMore() {
		ManualSocket socket = open();
		List<Fate> fates = send("1", "2");
		take(socket, "1");
		Transport.Outbox givenUp = socket.running();
		socket.done(FAILURE);
		givenUp.flushed();
		assertThat(givenUp.next()).isNull();
		givenUp.done(null);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, pending]");
		assertThat(fates).extracting(Fate::completions).containsExactly(1, 0);
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(1, 1));
		assertThat(this.connection.engine().snapshot().sent()).isEqualTo(new Amount(0, 0));
	}

	private ManualSocket open() {
		this.connection.transport().hold();
		this.connection.start();
		return this.connection.open();
	}

	private ManualSocket open(Duration timeToLive, Heartbeat heartbeat) {
		this.connection.settings((settings) -> settings.heartbeat(heartbeat)
			.outbound(
					new Outbound(WhenDisconnected.QUEUE, 10, 100, timeToLive, OutboundOverflow.REJECT, SEND_TIMEOUT)));
		return open();
	}

	private List<Fate> send(String... texts) {
		List<Fate> fates = new ArrayList<>();
		for (String text : texts) {
			fates.add(Fate.of(this.connection.engine().send(text)));
		}
		this.connection.settle();
		return fates;
	}

	private void take(ManualSocket socket, String... texts) {
		for (String text : texts) {
			assertThat(socket.take()).isEqualTo(text);
		}
		this.connection.settle();
	}

	private void flush(ManualSocket socket) {
		socket.flush();
		this.connection.settle();
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

	private Disconnect disconnect() {
		return Objects.requireNonNull(this.connection.engine().snapshot().lastDisconnect());
	}

}
