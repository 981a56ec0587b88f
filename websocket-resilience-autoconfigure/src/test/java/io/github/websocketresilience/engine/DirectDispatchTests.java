package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.ListenerFailed;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Request;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code inbound.dispatch: direct}: who delivers, and in which order. Reading
 * happens on the thread of the test.
 */
class DirectDispatchTests {

	private final TestConnection connection = new TestConnection()
		.settings((settings) -> settings.inbound(inbound(Dispatch.DIRECT)))
		.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				DirectDispatchTests.this.duringDelivery.run();
			}

		});

	private Runnable duringDelivery = () -> {
	};

	@Test
	void readerDeliversWhenNothingWaits() {
		ManualSocket socket = open();
		socket.text("one");
		assertThat(this.connection.workers().pending()).isZero();
		socket.engine().binary(new byte[3]);
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "one", "binary 3");
		assertThat(this.connection.engine().snapshot().log()).isEqualTo(new Amount(0, 0));
		assertThat(this.connection.engine().snapshot().received()).isEqualTo(new Amount(2, 6));
	}

	@Test
	void workerDeliversWhenDispatchIsQueued() {
		this.connection.settings((settings) -> settings.inbound(inbound(Dispatch.QUEUED)));
		open().text("one");
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("one");
	}

	@Test
	void messageThatIsThereBeforeTheOpenWasHandledFollowsIt() {
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.prepares();
		attempt.socket().text("greeting");
		assertThat(this.connection.heard()).containsExactly("Attempted");
		attempt.opens();
		attempt.socket().text("one");
		assertThat(this.connection.heard()).as("the open waits for a worker").containsExactly("Attempted");
		this.connection.settle();
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "greeting", "one");
		attempt.socket().text("two");
		assertThat(this.connection.heard()).endsWith("two");
	}

	@Test
	void workerDeliversWhatAReaderBringsWhoseThreadOthersWaitFor() {
		ManualSocket socket = open();
		socket.lendsReader(false);
		socket.text("one");
		assertThat(this.connection.heard()).endsWith("Opened");
		socket.lendsReader(true);
		socket.text("two");
		assertThat(this.connection.heard()).as("behind what waits").endsWith("Opened");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("one", "two");
		socket.text("three");
		assertThat(this.connection.heard()).endsWith("three");
	}

	@Test
	void workerThatHasTheRoleDelivers() {
		ManualSocket socket = open();
		this.connection.blockListeners();
		this.connection.advance(Duration.ofSeconds(25));
		socket.pong(1);
		socket.text("one");
		assertThat(this.connection.heard()).endsWith("Opened");
		assertThat(this.connection.engine().snapshot().log()).isEqualTo(new Amount(2, 3));
		this.connection.releaseListeners();
		assertThat(this.connection.heard()).endsWith("HeartbeatAnswered", "one");
		socket.text("two");
		assertThat(this.connection.heard()).endsWith("two");
	}

	@Test
	void whatHappensMeanwhileIsDeliveredByAWorkerAndWhatComesThenStaysBehindIt() {
		ManualSocket socket = open();
		this.duringDelivery = () -> {
			socket.pong(1);
			assertThat(this.connection.workers().pending(SimulatedWorkers.Group.LISTENERS)).isZero();
		};
		this.connection.advance(Duration.ofSeconds(25));
		socket.text("one");
		this.duringDelivery = () -> {
		};
		assertThat(this.connection.heard()).endsWith("one");
		socket.text("two");
		assertThat(this.connection.heard()).endsWith("one");
		this.connection.settle();
		assertThat(this.connection.heard()).endsWith("one", "HeartbeatAnswered", "two");
		socket.text("three");
		assertThat(this.connection.heard()).endsWith("three");
	}

	@Test
	void listenerThatThrowsLosesItsOwnMessageOnly() {
		ManualSocket socket = open();
		this.duringDelivery = () -> {
			throw new IllegalStateException("bug");
		};
		socket.text("one");
		socket.text("two");
		this.connection.settle();
		socket.text("three");
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "one", "ListenerFailed", "two",
				"ListenerFailed", "three");
		this.connection.settle();
		assertThat(this.connection.events(ListenerFailed.class)).hasSize(3)
			.allSatisfy((event) -> assertThat(event.onMessage()).isTrue());
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void listenerMayReconnect() {
		ManualSocket socket = open();
		this.duringDelivery = this.connection.engine()::reconnect;
		socket.text("one");
		this.duringDelivery = () -> {
		};
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CONNECTING);
		this.connection.open().text("two");
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "one", "Disconnected", "Attempted",
				"Opened", "two");
	}

	@Test
	void listenerMayClose() {
		ManualSocket socket = open();
		List<CompletableFuture<Void>> closed = new ArrayList<>();
		this.duringDelivery = () -> closed.add(this.connection.engine().close());
		socket.text("one");
		this.connection.settle();
		assertThat(this.connection.engine().state()).isEqualTo(ConnectionState.CLOSING);
		this.duringDelivery = () -> {
		};
		socket.text("two");
		socket.peerCloses(1000);
		this.connection.settle();
		assertThat(closed).singleElement().satisfies((future) -> assertThat(future).isCompleted());
		assertThat(this.connection.heard()).containsExactly("Attempted", "Opened", "one", "Closing", "two",
				"Disconnected", "Closed");
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void listenerMaySendAndAsk() {
		this.connection.json(new FlatJson())
			.settings((settings) -> settings.request(new Request("/id", null, Duration.ofSeconds(10), 3)));
		ManualSocket socket = open();
		List<ReplyFate> fates = new ArrayList<>();
		this.duringDelivery = () -> {
			this.connection.engine().send("answer");
			fates.add(ReplyFate.of(this.connection.engine().request("{}")));
		};
		socket.text("one");
		this.connection.settle();
		assertThat(socket.written()).containsExactly("answer", "{\"/id\":1}");
		socket.text("{\"/id\":1}");
		this.connection.settle();
		assertThat(fates).hasToString("[{\"/id\":1}]");
		assertThat(this.connection.heard()).as("a reply is not delivered").endsWith("one");
	}

	@Test
	void stopWaitsForTheCallUnderWay() {
		ManualSocket socket = open();
		List<CompletableFuture<Void>> stopped = new ArrayList<>();
		this.duringDelivery = () -> {
			CompletableFuture<Void> closed = this.connection.engine().close();
			stopped.add(this.connection.engine().stop());
			socket.peerCloses(1000);
			this.connection.workers().runAll(SimulatedWorkers.Group.COMPLETIONS);
			assertThat(closed).isCompleted();
			assertThat(stopped.get(0)).as("the listener has not returned").isNotDone();
		};
		socket.text("one");
		this.connection.settle();
		assertThat(stopped.get(0)).isCompleted();
		assertThat(this.connection.heard()).endsWith("one", "Closing", "Disconnected", "Closed");
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void deliveredWaitsForTheCallUnderWayAlsoWhenNothingFollows() {
		ManualSocket socket = open();
		List<CompletableFuture<Void>> delivered = new ArrayList<>();
		this.duringDelivery = () -> {
			delivered.add(this.connection.engine().log().delivered());
			this.connection.workers().runAll(SimulatedWorkers.Group.COMPLETIONS);
			assertThat(delivered.get(0)).isNotDone();
			assertThat(this.connection.engine().log().isIdle()).isFalse();
		};
		socket.text("one");
		this.connection.settle();
		assertThat(delivered.get(0)).isCompleted();
		assertThat(this.connection.engine().log().isIdle()).isTrue();
	}

	@Test
	void socketThatWasGivenUpDeliversNothing() {
		ManualSocket socket = open();
		socket.breaks();
		this.connection.settle();
		socket.text("late");
		this.connection.settle();
		assertThat(this.connection.heard()).doesNotContain("late");
		assertThat(this.connection.engine().discarded(ConnectionEvent.DiscardReason.SOCKET_ENDED)).isEqualTo(1);
	}

	@Test
	void readerIsPausedBehindABlockedWorkerAsWhenQueued() {
		ManualSocket socket = open();
		this.connection.blockListeners();
		this.connection.advance(Duration.ofSeconds(25));
		socket.pong(1);
		socket.text("one");
		socket.text("two");
		assertThat(this.connection.transport().calls()).endsWith("#1 pause");
		this.connection.releaseListeners();
		assertThat(this.connection.transport().calls()).endsWith("#1 pause", "#1 resume");
		assertThat(this.connection.heard()).endsWith("one", "two");
	}

	private static Inbound inbound(Dispatch dispatch) {
		return new Inbound(2, 2_000_000, InboundOverflow.PAUSE, dispatch, null, OnSilence.REPORT);
	}

	private ManualSocket open() {
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.settle();
		return socket;
	}

}
