package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.engine.OutboundQueue.Gate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link OutboundQueue} with real threads: users that offer, a gate that moves, and one
 * writer at a time that takes, writes some and gives back the rest.
 */
class OutboundQueueStressTests {

	private static final int PRODUCERS = 4;

	private static final int MESSAGES = 20_000;

	private static final int CAPACITY = 24;

	private static final long MAX_BYTES = 120;

	private static final long TIME_TO_LIVE = 1_000;

	private final StoppedTime time = new StoppedTime();

	private final RealWorkers workers = new RealWorkers();

	private final Parts parts = Parts.of(this.time, this.workers);

	private final AtomicInteger offering = new AtomicInteger(PRODUCERS);

	/**
	 * What follows belongs to the serial executor or to the writer, of which there is one
	 * at a time.
	 */
	private final List<Outgoing> written = new ArrayList<>();

	private final Map<Outgoing, Long> takenInRun = new IdentityHashMap<>();

	private final List<String> violations = new ArrayList<>();

	private final SplittableRandom random = new SplittableRandom(1);

	private OutboundQueue queue;

	private Gate gate = Gate.OPEN;

	private long run;

	private boolean writing;

	@AfterEach
	void close() {
		this.workers.close();
	}

	@ParameterizedTest
	@EnumSource
	void everyOfferEndsExactlyOnceWhileTheGateMoves(OutboundOverflow overflow) throws Exception {
		this.queue = newQueue(overflow);
		List<List<Outgoing>> offered = new ArrayList<>();
		Crowd.Action[] actions = new Crowd.Action[PRODUCERS + 1];
		for (int i = 0; i < PRODUCERS; i++) {
			List<Outgoing> mine = new ArrayList<>();
			offered.add(mine);
			String producer = i + ":";
			actions[i] = () -> produce(producer, mine);
		}
		actions[PRODUCERS] = this::moveGate;

		Crowd.together(actions);

		this.parts.serial().execute(() -> move(Gate.OPEN));
		Outgoing last = new Outgoing(new Message.Text("last"), null, this.time.nanoTime() + TIME_TO_LIVE);
		int failed = 0;
		for (List<Outgoing> ofOne : offered) {
			failed += failures(ofOne);
		}
		this.queue.offer(last);
		assertThat(failure(last.future())).isNull();
		await(() -> !this.writing);
		assertThat(this.violations).isEmpty();
		assertThat(this.parts.failures()).isEmpty();
		assertThat(new HashSet<>(this.written)).hasSameSizeAs(this.written);
		assertThat(this.written).contains(last).allMatch((message) -> isWritten(message.future()));
		assertThat(this.parts.discards().total().messages()).isEqualTo(failed);
		assertThat(this.written.size() + failed).isEqualTo(PRODUCERS * MESSAGES + 1);
		assertThat(this.queue.size()).isEqualTo(new Amount(0, 0));
		offered.forEach(this::assertOrder);
	}

	private OutboundQueue newQueue(OutboundOverflow overflow) {
		Outbound settings = new Outbound(WhenDisconnected.QUEUE, CAPACITY, MAX_BYTES, Duration.ofNanos(TIME_TO_LIVE),
				overflow, Duration.ofSeconds(10));
		return new OutboundQueue(settings, this.time, this.parts.undelivered(), new OutboundQueue.Signals() {

			@Override
			public void pump() {
				OutboundQueueStressTests.this.parts.serial().execute(OutboundQueueStressTests.this::pump);
			}

			@Override
			public void expiryNeeded() {
				OutboundQueueStressTests.this.parts.serial().execute(OutboundQueueStressTests.this.queue::expire);
			}

		});
	}

	/**
	 * Now and then a producer waits for its newest message, so that the queue is neither
	 * always full nor always empty.
	 */
	private void produce(String producer, List<Outgoing> mine) throws Exception {
		for (int i = 0; i < MESSAGES; i++) {
			Outgoing message = new Outgoing(new Message.Text(producer + i), null, this.time.nanoTime() + TIME_TO_LIVE);
			mine.add(message);
			this.queue.offer(message);
			if (i % 64 == 63) {
				failure(message.future());
			}
		}
		this.offering.decrementAndGet();
	}

	private void moveGate() {
		Gate[] gates = { Gate.OPEN, Gate.OPEN, Gate.DRAINING, Gate.REJECTING, Gate.OPEN, Gate.CLOSED };
		for (int i = 0; this.offering.get() > 0; i++) {
			Gate next = gates[i % gates.length];
			this.parts.serial().execute(() -> move(next));
			this.time.advance(TIME_TO_LIVE / 50);
			Crowd.linger(i % 32);
		}
	}

	private void move(Gate next) {
		checkNothingWaitsBehindTheGate();
		if (this.gate == Gate.CLOSED) {
			this.run++;
		}
		this.gate = next;
		this.queue.moveGate(next, this.run);
		checkNothingWaitsBehindTheGate();
		Amount size = this.queue.size();
		if (size.messages() > CAPACITY || size.bytes() > MAX_BYTES) {
			this.violations.add("holds " + size);
		}
		this.queue.expire();
		pump();
	}

	private void checkNothingWaitsBehindTheGate() {
		if (this.gate.refusesWaiting() && this.queue.claim()) {
			this.violations.add("messages wait although the gate is " + this.gate);
		}
	}

	private void pump() {
		if (!this.writing && this.queue.claim()) {
			this.writing = true;
			long writersRun = this.run;
			this.workers.io(() -> write(writersRun));
		}
	}

	private void write(long writersRun) {
		Deque<Outgoing> batch = new ArrayDeque<>();
		while (batch.isEmpty() && this.queue.take(batch, 1 + this.random.nextInt(8)) > 0) {
			batch.forEach((message) -> checkRun(message, writersRun));
			while (!batch.isEmpty() && this.random.nextInt(16) > 0) {
				write(batch.remove());
			}
		}
		this.parts.serial().execute(() -> {
			this.writing = false;
			this.queue.takeBack(batch, writersRun);
			pump();
		});
	}

	private void checkRun(Outgoing message, long writersRun) {
		if (this.takenInRun.computeIfAbsent(message, (unknown) -> writersRun) != writersRun) {
			this.violations.add("a message of an earlier run came back");
		}
	}

	private void write(Outgoing message) {
		this.queue.release(1, message.size());
		if (message.isExpired(this.time.nanoTime())) {
			this.parts.undelivered().fail(message, Reason.EXPIRED);
		}
		else {
			this.written.add(message);
			this.parts.completions().succeed(message.future());
		}
	}

	private void await(BooleanSupplier condition) throws Exception {
		CompletableFuture<Void> met = new CompletableFuture<>();
		check(condition, met);
		met.get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);
	}

	private void check(BooleanSupplier condition, CompletableFuture<Void> met) {
		this.parts.serial().execute(() -> {
			if (condition.getAsBoolean()) {
				met.complete(null);
			}
			else {
				this.workers.io(() -> check(condition, met));
			}
		});
	}

	private int failures(List<Outgoing> messages) throws Exception {
		int result = 0;
		for (Outgoing message : messages) {
			if (failure(message.future()) != null) {
				result++;
			}
		}
		return result;
	}

	private static Throwable failure(CompletableFuture<Void> future) throws Exception {
		try {
			future.get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);
			return null;
		}
		catch (ExecutionException ex) {
			assertThat(ex.getCause()).isInstanceOf(SendFailedException.class);
			return ex.getCause();
		}
	}

	private static boolean isWritten(CompletableFuture<Void> future) {
		return future.isDone() && !future.isCompletedExceptionally();
	}

	private void assertOrder(List<Outgoing> ofOne) {
		List<Outgoing> writtenOfOne = new ArrayList<>(this.written);
		writtenOfOne.retainAll(new HashSet<>(ofOne));
		List<Outgoing> inOrder = new ArrayList<>(ofOne);
		inOrder.retainAll(new HashSet<>(this.written));
		assertThat(writtenOfOne).isEqualTo(inOrder);
	}

	/**
	 * Nothing but the signals of the queue starts a writer here: a lost one is waited for
	 * in vain.
	 */
	@Test
	void everyOfferOfAnIdleQueueIsSeen() throws Exception {
		this.queue = newQueue(OutboundOverflow.REJECT);
		Crowd.Action producer = () -> {
			for (int i = 0; i < MESSAGES / 4; i++) {
				Outgoing message = new Outgoing(new Message.Text("m" + i), null, TIME_TO_LIVE);
				this.queue.offer(message);
				assertThat(failure(message.future())).isNull();
			}
		};

		Crowd.together(producer, producer);

		await(() -> !this.writing);
		assertThat(this.written).hasSize(2 * (MESSAGES / 4));
	}

}
