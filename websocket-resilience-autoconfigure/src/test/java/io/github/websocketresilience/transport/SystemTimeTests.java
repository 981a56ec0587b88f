package io.github.websocketresilience.transport;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import io.github.websocketresilience.engine.Time.Scheduled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SystemTimeTests {

	private static final long HOUR = Duration.ofHours(1).toNanos();

	private final SystemTime time = new SystemTime();

	@AfterEach
	void close() {
		this.time.close();
	}

	@Test
	void runsATaskOnTheTimerThreadNotBeforeItsDelayIsOver() {
		long begin = this.time.nanoTime();
		CompletableFuture<Long> ran = new CompletableFuture<>();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.time.schedule("test", 20_000_000, () -> {
			thread.complete(Thread.currentThread());
			ran.complete(this.time.nanoTime());
		});
		assertThat(ran).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((at) -> assertThat(at - begin).isGreaterThanOrEqualTo(20_000_000));
		assertThat(thread.join().getName()).isEqualTo("ws-timer");
		assertThat(thread.join().isDaemon()).isTrue();
	}

	@Test
	void aTaskWithoutDelayDoesNotRunInsideTheCall() {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.time.schedule("test", -1, () -> thread.complete(Thread.currentThread()));
		assertThat(thread).succeedsWithin(Duration.ofSeconds(10))
			.satisfies((it) -> assertThat(it).isNotSameAs(Thread.currentThread()));
	}

	@Test
	void tasksOfEqualTimeRunInTheOrderInWhichTheyWereScheduled() throws Exception {
		List<Integer> order = new CopyOnWriteArrayList<>();
		CountDownLatch gate = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(100);
		this.time.schedule("gate", 0, () -> await(gate));
		IntStream.range(0, 100).forEach((i) -> this.time.schedule("test", 0, () -> {
			order.add(i);
			done.countDown();
		}));
		gate.countDown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(order).isSorted();
	}

	@Test
	void aCancelledTaskLeavesTheQueueAndNeverRuns() {
		AtomicBoolean ran = new AtomicBoolean();
		Scheduled scheduled = this.time.schedule("test", HOUR, () -> ran.set(true));
		assertThat(this.time.waitingTasks()).isOne();
		scheduled.cancel();
		assertThat(this.time.waitingTasks()).isZero();
		assertThat(ran).isFalse();
	}

	@Test
	void aTaskThatThrowsDoesNotEndTheTimer() {
		CompletableFuture<Void> next = new CompletableFuture<>();
		this.time.schedule("failing", 0, () -> {
			throw new IllegalStateException("expected by the test");
		});
		this.time.schedule("next", 0, () -> next.complete(null));
		assertThat(next).succeedsWithin(Duration.ofSeconds(10));
	}

	@Test
	void afterCloseNothingRunsAndNothingThrows() {
		this.time.schedule("before", HOUR, () -> {
		});
		this.time.close();
		assertThat(this.time.waitingTasks()).isZero();
		this.time.schedule("after", 0, () -> {
		}).cancel();
		assertThat(this.time.waitingTasks()).isZero();
	}

	@Test
	void randomNumbersDiffer() {
		assertThat(this.time.random().longs(100).distinct().count()).isEqualTo(100);
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
