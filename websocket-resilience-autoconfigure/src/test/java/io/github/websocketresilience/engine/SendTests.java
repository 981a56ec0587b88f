package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent.Disconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the order of what is sent, and for what becomes of it when a socket ends.
 */
class SendTests {

	private static final Disconnect WRITE_FAILED = Disconnect.of(Kind.WRITE_FAILED, "write failed");

	private final TestConnection connection = new TestConnection();

	@Test
	void whatWasSentBeforeTheOpenIsWrittenInOrder() {
		List<Fate> fates = send("one", "two", "three");
		this.connection.start();
		assertThat(fates).hasToString("[pending, pending, pending]");
		assertThat(this.connection.open().written()).containsExactly("one", "two", "three");
		assertThat(fates).hasToString("[sent, sent, sent]");
	}

	@Test
	void textAndBinaryAreCountedWithTheirBytes() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		send("zwölf");
		this.connection.engine().send(new Message.Binary(new byte[7]));
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(2, 13));
		this.connection.settle();
		assertThat(socket.written()).containsExactly("zwölf", "binary 7");
		assertThat(this.connection.engine().snapshot().sent()).isEqualTo(new Amount(2, 13));
		assertThat(this.connection.engine().snapshot().queue()).isEqualTo(new Amount(0, 0));
	}

	@Test
	void oneWriterDrainsEverything() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		int before = this.connection.time().schedules();
		for (int i = 0; i < 1000; i++) {
			this.connection.engine().send("m" + i);
		}
		this.connection.settle();
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 write");
		assertThat(this.connection.time().schedules() - before).as("nothing per message").isLessThan(5);
		socket.writeAll();
		assertThat(socket.written()).hasSize(1000).startsWith("m0", "m1").endsWith("m999");
		this.connection.settle();
		assertThat(this.connection.transport().calls()).containsExactly("connect", "#1 write");
	}

	@Test
	void sendDuringTheLastLookOfAWriterIsNotForgotten() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("one");
		socket.take();
		socket.flush();
		assertThat(socket.take()).isNull();
		List<Fate> fates = send("two");
		this.connection.settle();
		socket.done(null);
		this.connection.settle();
		socket.writeAll();
		this.connection.settle();
		assertThat(fates).hasToString("[sent]");
	}

	@Test
	void futuresCompleteOnceAndOnTheCompletionsGroup() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("one", "two", "three");
		this.connection.settle();
		socket.take();
		socket.take();
		socket.flush();
		this.connection.workers().runAll(Group.IO);
		this.connection.workers().runAll(Group.LISTENERS);
		assertThat(fates).hasToString("[pending, pending, pending]");
		this.connection.workers().runAll(Group.COMPLETIONS);
		assertThat(fates).hasToString("[sent, sent, pending]");
		socket.take();
		socket.done(WRITE_FAILED);
		assertThat(fates).hasToString("[sent, sent, pending]");
		this.connection.settle();
		assertThat(fates).hasToString("[sent, sent, LOST_IN_FLIGHT]");
		this.connection.engine().close();
		this.connection.settle();
		assertThat(fates).extracting(Fate::completions).containsOnly(1);
	}

	@Test
	void orderIsKeptAcrossReconnects() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("written", "begun", "taken", "taken too");
		this.connection.settle();
		socket.take();
		socket.flush();
		socket.take();
		fates.addAll(send("waiting"));
		socket.breaks();
		fates.addAll(send("new"));
		socket.done(WRITE_FAILED);
		this.connection.settle();
		assertThat(fates).hasToString("[sent, LOST_IN_FLIGHT, pending, pending, pending, pending]");
		this.connection.advance(Duration.ofSeconds(1));
		ManualSocket next = this.connection.open();
		next.writeAll();
		assertThat(next.written()).containsExactly("taken", "taken too", "waiting", "new");
		this.connection.settle();
		assertThat(fates).hasToString("[sent, LOST_IN_FLIGHT, sent, sent, sent, sent]");
	}

	@Test
	void everythingThatWasBegunAndNotFlushedIsLost() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("one", "two", "three");
		this.connection.settle();
		socket.take();
		socket.take();
		socket.done(WRITE_FAILED);
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, LOST_IN_FLIGHT, pending]");
		assertThat(this.connection.engine().snapshot().queue().messages()).isEqualTo(1);
		assertThat(this.connection.engine().snapshot().discarded()).isEqualTo(new Amount(2, 6));
	}

	@Test
	void writerThatFailsEndsTheSocketOnce() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("one");
		this.connection.settle();
		socket.take();
		socket.done(WRITE_FAILED);
		socket.breaks();
		this.connection.settle();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.WAITING);
		assertThat(this.connection.events(Disconnected.class)).extracting((event) -> event.disconnect().kind())
			.containsExactly(Kind.WRITE_FAILED);
		assertThat(this.connection.engine().failures()).isEqualTo(1);
	}

	@Test
	void newSocketWaitsForTheReturnOfTheOldWriter() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		send("begun", "taken");
		this.connection.settle();
		socket.take();
		this.connection.engine().reconnect();
		ManualSocket next = this.connection.open();
		send("new");
		this.connection.settle();
		assertThat(next.isWriting()).isFalse();
		assertThat(socket.take()).as("a disowned writer takes nothing").isNull();
		socket.done(null);
		this.connection.settle();
		next.writeAll();
		assertThat(next.written()).containsExactly("taken", "new");
	}

	@Test
	void secondReportOfAWriterDoesNothing() {
		this.connection.transport().hold();
		ManualSocket socket = open();
		List<Fate> fates = send("one", "two");
		this.connection.settle();
		Transport.Outbox outbox = socket.running();
		socket.take();
		socket.done(WRITE_FAILED);
		outbox.done(WRITE_FAILED);
		outbox.flushed();
		assertThat(outbox.next()).isNull();
		this.connection.settle();
		assertThat(fates).hasToString("[LOST_IN_FLIGHT, pending]");
		assertThat(fates.get(0).completions()).isEqualTo(1);
		assertThat(this.connection.engine().snapshot().queue().messages()).isEqualTo(1);
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
