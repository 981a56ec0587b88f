package io.github.websocketresilience.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.engine.Time;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class SystemWorkersTests {

	private static final Duration LONG = Duration.ofSeconds(20);

	private final HandDrivenTime time = new HandDrivenTime();

	private final SystemWorkers workers = new SystemWorkers(this.time, 4, 2, false, true);

	private final CountDownLatch gate = new CountDownLatch(1);

	@AfterEach
	void close() {
		this.gate.countDown();
		this.workers.close();
	}

	@Test
	void eachGroupHasDaemonThreadsOfItsOwnName() {
		assertThat(threadOf(this.workers::io).getName()).matches("ws-io-\\d+");
		assertThat(threadOf(this.workers::handshakes).getName()).matches("ws-io-\\d+");
		assertThat(threadOf(this.workers::aborts).getName()).matches("ws-abort-\\d+");
		assertThat(threadOf((task) -> this.workers.listeners("a", task)).getName()).matches("ws-listener-\\d+");
		assertThat(threadOf(this.workers::completions).getName()).matches("ws-completion-\\d+");
		assertThat(threadOf(this.workers::io).isDaemon()).isTrue();
	}

	@Test
	void growsToItsLimitAndTheRestWaits() {
		AtomicInteger running = new AtomicInteger();
		AtomicInteger finished = new AtomicInteger();
		IntStream.range(0, 20).forEach((i) -> this.workers.io(() -> {
			running.incrementAndGet();
			block();
			finished.incrementAndGet();
		}));
		Awaitility.await().atMost(LONG).until(() -> running.get() == 4);
		assertThat(threadsNamed("ws-io-")).hasSize(4);
		this.gate.countDown();
		Awaitility.await().atMost(LONG).until(() -> finished.get() == 20);
		assertThat(threadsNamed("ws-io-")).hasSize(4);
	}

	@Test
	void anIdleThreadIsTakenBeforeANewOneIsStarted() {
		Thread first = threadOf(this.workers::io);
		for (int i = 0; i < 10; i++) {
			Awaitility.await().atMost(LONG).until(() -> first.getState() == Thread.State.TIMED_WAITING);
			assertThat(threadOf(this.workers::io)).isSameAs(first);
		}
	}

	@Test
	void aBlockedGroupDoesNotHoldUpAnother() {
		IntStream.range(0, 10).forEach((i) -> this.workers.listeners("a", this::block));
		IntStream.range(0, 10).forEach((i) -> this.workers.io(this::block));
		assertThat(threadOf(this.workers::completions)).isNotNull();
		assertThat(threadOf(this.workers::aborts)).isNotNull();
	}

	@Test
	void handshakesTakeAtMostHalfOfTheIoThreads() {
		AtomicInteger running = new AtomicInteger();
		IntStream.range(0, 10).forEach((i) -> this.workers.handshakes(() -> {
			running.incrementAndGet();
			block();
		}));
		assertThat(threadOf(this.workers::io)).isNotNull();
		Awaitility.await().atMost(LONG).until(() -> running.get() == 2);
		this.gate.countDown();
		Awaitility.await().atMost(LONG).until(() -> running.get() == 10);
	}

	@Test
	void underContentionAShareRunsEveryTaskAndNeverMoreThanItMay() throws Exception {
		WorkerGroup group = WorkerGroup.platform("test", 8);
		Share share = new Share(group, 3);
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(4000);
		List<Thread> threads = IntStream.range(0, 4)
			.mapToObj((i) -> new Thread(() -> IntStream.range(0, 1000).forEach((j) -> share.execute(() -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				Thread.yield();
				running.decrementAndGet();
				done.countDown();
			}))))
			.toList();
		threads.forEach(Thread::start);
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(most.get()).isBetween(1, 3);
		group.close();
	}

	@Test
	void underContentionAGroupOfOneThreadRunsEveryTask() throws Exception {
		WorkerGroup group = WorkerGroup.platform("test", 1);
		CountDownLatch done = new CountDownLatch(4000);
		List<Thread> threads = IntStream.range(0, 4)
			.mapToObj((i) -> new Thread(() -> IntStream.range(0, 1000).forEach((j) -> group.execute(done::countDown))))
			.toList();
		threads.forEach(Thread::start);
		assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
		group.close();
	}

	@Test
	void aTaskThatThrowsDoesNotEndItsThread() {
		Thread thread = threadOf(this.workers::aborts);
		this.workers.aborts(() -> {
			throw new IllegalStateException("expected by the test");
		});
		assertThat(threadOf(this.workers::aborts)).isSameAs(thread);
	}

	@Test
	void afterCloseAcceptedTasksRunAndLaterOnesAreDiscarded() {
		AtomicInteger ran = new AtomicInteger();
		IntStream.range(0, 10).forEach((i) -> this.workers.io(() -> {
			block();
			ran.incrementAndGet();
		}));
		this.workers.close();
		this.workers.io(ran::incrementAndGet);
		this.workers.handshakes(ran::incrementAndGet);
		this.gate.countDown();
		Awaitility.await().atMost(LONG).until(() -> ran.get() == 10 && threadsNamed("ws-io-").isEmpty());
		assertThat(ran).hasValue(10);
	}

	@Test
	void completionsRunAlsoAfterCloseAndLeaveNoThread() {
		Thread idle = threadOf(this.workers::completions);
		this.workers.close();
		Awaitility.await().atMost(LONG).until(() -> !idle.isAlive());
		Thread late = threadOf(this.workers::completions);
		assertThat(late.getName()).matches("ws-completion-\\d+");
		Awaitility.await().atMost(LONG).until(() -> !late.isAlive());
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualCompletionsRunAlsoAfterClose() {
		SystemWorkers virtual = new SystemWorkers(this.time, 4, 2, true, false);
		virtual.close();
		assertThat(threadOf(virtual::completions).getName()).startsWith("ws-completion-");
	}

	@Test
	void blockedListenerThreadsAreNamedOnceAndAgainAfterTheyWereFreed() {
		try (Warnings warnings = new Warnings()) {
			Deque<CountDownLatch> gates = new ArrayDeque<>();
			for (int round = 0; round < 2; round++) {
				CountDownLatch gate = new CountDownLatch(1);
				gates.add(gate);
				CountDownLatch waiting = new CountDownLatch(1);
				blockListeners(gate);
				this.workers.listeners("c", waiting::countDown);
				this.time.runNext();
				this.time.runNext();
				assertThat(warnings.texts()).hasSize(round + 1)
					.last()
					.asString()
					.contains("All 2 listener threads", "[a, b]", "waiting deliveries: 1");
				gates.remove().countDown();
				await(waiting);
				Awaitility.await().atMost(LONG).until(() -> threadsIn("ws-listener-", Thread.State.TIMED_WAITING) == 2);
				this.time.runNext();
				assertThat(this.time.tasks).isEmpty();
			}
		}
	}

	@Test
	void busyListenerThreadsWhoseCallsReturnAreNotReported() {
		try (Warnings warnings = new Warnings()) {
			CountDownLatch first = new CountDownLatch(1);
			CountDownLatch taken = new CountDownLatch(1);
			this.workers.listeners("a", () -> await(first));
			this.workers.listeners("b", this::block);
			this.workers.listeners("c", () -> {
				taken.countDown();
				block();
			});
			this.workers.listeners("d", this::block);
			assertThat(this.time.tasks).hasSize(1);
			first.countDown();
			await(taken);
			this.time.runNext();
			assertThat(warnings.texts()).isEmpty();
		}
	}

	@Test
	void aRetainedConnectionKeepsTheJvmAliveUntilItIsReleased() {
		this.workers.retain();
		this.workers.retain();
		this.workers.release();
		assertThat(threadsNamed("ws-keep-alive")).singleElement()
			.satisfies((thread) -> assertThat(thread.isDaemon()).isFalse());
		this.workers.release();
		Awaitility.await().atMost(LONG).until(() -> threadsNamed("ws-keep-alive").isEmpty());
		this.workers.retain();
		assertThat(threadsNamed("ws-keep-alive")).hasSize(1);
		this.workers.close();
		Awaitility.await().atMost(LONG).until(() -> threadsNamed("ws-keep-alive").isEmpty());
	}

	@Test
	void withoutKeepAliveNothingKeepsTheJvmAlive() {
		try (SystemWorkers others = new SystemWorkers(this.time, 1, 1, false, false)) {
			others.retain();
			assertThat(threadsNamed("ws-keep-alive")).isEmpty();
			others.release();
		}
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void virtualThreadsAreNotUsedWhereTheJvmHasNone() {
		try (SystemWorkers others = new SystemWorkers(this.time, 1, 1, true, false)) {
			assertThat(threadOf(others::io).isDaemon()).isTrue();
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsHaveNoLimit() {
		try (SystemWorkers others = new SystemWorkers(this.time, 1, 1, true, false)) {
			others.io(this::block);
			others.handshakes(this::block);
			assertThat(threadOf(others::handshakes).toString()).startsWith("VirtualThread").contains("ws-io-");
		}
	}

	private void blockListeners(CountDownLatch gate) {
		CountDownLatch blocked = new CountDownLatch(2);
		for (String connection : List.of("b", "a")) {
			this.workers.listeners(connection, () -> {
				blocked.countDown();
				await(gate);
			});
		}
		await(blocked);
	}

	private void block() {
		await(this.gate);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Thread threadOf(Consumer<Runnable> group) {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		group.accept(() -> thread.complete(Thread.currentThread()));
		return thread.orTimeout(20, TimeUnit.SECONDS).join();
	}

	private static List<Thread> threadsNamed(String prefix) {
		return Thread.getAllStackTraces().keySet().stream().filter((it) -> it.getName().startsWith(prefix)).toList();
	}

	private static long threadsIn(String prefix, Thread.State state) {
		return threadsNamed(prefix).stream().filter((it) -> it.getState() == state).count();
	}

	private static final class HandDrivenTime implements Time {

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		void runNext() {
			this.tasks.remove().run();
		}

		@Override
		public long nanoTime() {
			return 0;
		}

		@Override
		public Instant now() {
			return Instant.EPOCH;
		}

		@Override
		public Scheduled schedule(String name, long delayNanos, Runnable task) {
			this.tasks.add(task);
			return () -> this.tasks.remove(task);
		}

		@Override
		public RandomGenerator random() {
			return RandomGenerator.getDefault();
		}

	}

	private static final class Warnings implements AutoCloseable {

		private final Logger logger = (Logger) LoggerFactory.getLogger(ListenerGroup.class);

		private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

		Warnings() {
			this.appender.start();
			this.logger.addAppender(this.appender);
		}

		List<String> texts() {
			return this.appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		}

		@Override
		public void close() {
			this.logger.detachAppender(this.appender);
		}

	}

}
