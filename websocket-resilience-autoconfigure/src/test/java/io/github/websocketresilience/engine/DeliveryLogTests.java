package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DeliveryLog}.
 */
class DeliveryLogTests {

	private final SimulatedTime time = new SimulatedTime(1);

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final Parts parts = Parts.of(this.time, this.workers);

	private final List<String> heard = new ArrayList<>();

	private final DeliveryLog log = this.parts.log(new Inbound(200, 10_000, InboundOverflow.PAUSE), new Hearing());

	private final Segment segment = this.log.newSegment();

	private Runnable during = () -> {
	};

	@Test
	void eventsAndMessagesComeInTheOrderInWhichTheyHappened() {
		append("open");
		offer("early");
		this.segment.link();
		offer("m1");
		append("event");
		offer("m2");
		append("end");
		assertThat(this.heard).isEmpty();
		this.workers.runAll();
		assertThat(this.heard).containsExactly("open", "early", "m1", "event", "m2", "end");
	}

	@Test
	void oneTaskAtATimeDelivers() {
		append("first");
		append("second");
		assertThat(this.workers.pending()).isEqualTo(1);
		this.during = () -> {
			append("third");
			assertThat(this.workers.pending()).isZero();
			assertThat(this.log.isIdle()).isFalse();
			this.during = () -> {
			};
		};
		this.workers.run(0);
		assertThat(this.heard).containsExactly("first", "second", "third");
		assertThat(this.log.isIdle()).isTrue();
		append("fourth");
		assertThat(this.workers.pending(Group.LISTENERS)).isEqualTo(1);
	}

	@Test
	void busyLogGivesItsThreadBackAfterABatch() {
		for (int i = 0; i < 65; i++) {
			append("event " + i);
		}
		this.workers.run(0);
		assertThat(this.heard).hasSize(64);
		assertThat(this.workers.pending(Group.LISTENERS)).isEqualTo(1);
		this.workers.run(0);
		assertThat(this.heard).hasSize(65).endsWith("event 64");
		assertThat(this.workers.pending()).isZero();
	}

	@Test
	void sizeCountsEventsAndMessagesInboundMessagesOnly() {
		append("open");
		this.segment.link();
		offer("12345");
		assertThat(this.log.size()).isEqualTo(new Amount(2, 5));
		assertThat(this.log.inbound()).isEqualTo(new Amount(1, 5));
		assertThat(this.log.waitingEvents()).isEqualTo(1);
	}

	@Test
	void messageLeavesTheLogBeforeItsCall() {
		this.segment.link();
		offer("12345");
		List<Amount> seen = new ArrayList<>();
		this.during = () -> seen.add(this.log.size());
		this.workers.runAll();
		assertThat(seen).containsExactly(new Amount(0, 0));
	}

	@Test
	void deliveredCompletesOnACompletionsThreadAfterTheLastCall() {
		append("event");
		CompletableFuture<Void> delivered = this.log.delivered();
		assertThat(this.log.delivered()).isSameAs(delivered);
		this.during = () -> assertThat(delivered).isNotDone();
		this.workers.runAll(Group.LISTENERS);
		assertThat(this.heard).containsExactly("event");
		assertThat(delivered).isNotDone();
		this.workers.runAll(Group.COMPLETIONS);
		assertThat(delivered).isCompleted();
		assertThat(this.parts.failures()).isEmpty();
	}

	@Test
	void deliveredOfAnIdleLogCompletesWithoutADelivery() {
		CompletableFuture<Void> delivered = this.log.delivered();
		assertThat(this.workers.pending(Group.LISTENERS)).isZero();
		this.workers.runAll();
		assertThat(delivered).isCompleted();
	}

	@Test
	void deadlineDiscardsMessagesAndKeepsEvents() {
		this.segment.link();
		offer("12345");
		append("closed");
		offer("123");
		CompletableFuture<Void> delivered = this.log.delivered();
		this.log.discardMessages();
		this.workers.runAll(Group.COMPLETIONS);
		assertThat(delivered).isCompleted();
		assertThat(this.parts.discards().count(DiscardReason.CLOSE_DEADLINE)).isEqualTo(2);
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(2, 8));
		assertThat(this.log.size()).isEqualTo(new Amount(1, 0));
		this.workers.runAll();
		assertThat(this.heard).containsExactly("closed");
	}

	@Test
	void afterTheDeadlineNobodyWaitsForACallThatDoesNotReturn() {
		append("event");
		this.during = () -> {
			this.log.discardMessages();
			CompletableFuture<Void> delivered = this.log.delivered();
			this.workers.runAll(Group.COMPLETIONS);
			this.heard.add("waited: " + !delivered.isDone());
		};
		this.workers.runAll();
		assertThat(this.heard).containsExactly("waited: false", "event");
	}

	@Test
	void inANewRunItIsWaitedForAgain() {
		append("event");
		this.during = () -> {
			this.log.discardMessages();
			this.log.revive();
			CompletableFuture<Void> delivered = this.log.delivered();
			this.workers.runAll(Group.COMPLETIONS);
			this.heard.add("waited: " + !delivered.isDone());
		};
		this.workers.runAll();
		assertThat(this.heard).containsExactly("waited: true", "event");
	}

	@Test
	void deadlineOfAnEmptyLogDiscardsNothing() {
		this.log.discardMessages();
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(0, 0));
		assertThat(this.workers.pending()).isZero();
	}

	private void append(String text) {
		this.log.append(new ConnectionEvent.InternalError("test", 1, Instant.EPOCH, text, null));
	}

	private void offer(String text) {
		assertThat(this.segment.offer(new Message.Text(text))).isTrue();
	}

	private final class Hearing implements ConnectionListener {

		@Override
		public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
			DeliveryLogTests.this.during.run();
			DeliveryLogTests.this.heard.add(((ConnectionEvent.InternalError) event).text());
		}

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			DeliveryLogTests.this.during.run();
			DeliveryLogTests.this.heard.add(((Message.Text) message).text());
		}

	}

}
