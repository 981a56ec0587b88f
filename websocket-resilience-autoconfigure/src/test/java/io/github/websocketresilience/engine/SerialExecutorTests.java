package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link SerialExecutor}.
 */
class SerialExecutorTests {

	private final List<Throwable> failures = new ArrayList<>();

	private final SerialExecutor serial = new SerialExecutor(this.failures::add);

	private final List<String> ran = new ArrayList<>();

	@Test
	void taskRunsOnTheThreadThatSubmitsIt() {
		Thread submitter = Thread.currentThread();
		this.serial.execute(() -> assertThat(Thread.currentThread()).isSameAs(submitter));
		assertThat(this.failures).isEmpty();
		assertThat(this.serial.isIdle()).isTrue();
	}

	@Test
	void taskThatIsSubmittedInsideRunsAfterTheOneThatSubmitsIt() {
		this.serial.execute(() -> {
			this.serial.execute(() -> this.ran.add("second"));
			this.serial.execute(() -> this.ran.add("third"));
			this.ran.add("first");
		});
		assertThat(this.ran).containsExactly("first", "second", "third");
	}

	@Test
	void whatATaskThrowsIsReportedAndTheNextRuns() {
		AssertionError error = new AssertionError("planned");
		this.serial.execute(() -> {
			this.serial.execute(() -> this.ran.add("next"));
			throw error;
		});
		assertThat(this.failures).containsExactly(error);
		assertThat(this.ran).containsExactly("next");
		assertThat(this.serial.isIdle()).isTrue();
	}

	@Test
	void whoIsToldOfFailuresMayFailAndTheNextTaskRunsAllTheSame() {
		SerialExecutor unlucky = new SerialExecutor((failure) -> {
			throw new IllegalStateException("cannot tell");
		});
		catchThrowable(() -> unlucky.execute(() -> {
			unlucky.execute(() -> this.ran.add("next"));
			throw new IllegalStateException("planned");
		}));
		assertThat(this.ran).containsExactly("next");
		assertThat(unlucky.isIdle()).isTrue();
	}

	@Test
	void onlyATaskIsInside() {
		assertThat(this.serial.isInside()).isFalse();
		assertThatIllegalStateException().isThrownBy(this.serial::assertInside);
		this.serial.execute(() -> {
			this.serial.assertInside();
			assertThat(this.serial.isInside()).isTrue();
			assertThat(this.serial.isIdle()).isFalse();
		});
		assertThat(this.failures).isEmpty();
		assertThat(this.serial.isInside()).isFalse();
	}

	@Test
	void otherThreadIsNotInsideWhileATaskRuns() {
		this.serial.execute(() -> {
			try {
				Crowd.together(() -> {
					assertThat(this.serial.isInside()).isFalse();
					assertThatIllegalStateException().isThrownBy(this.serial::assertInside);
					this.serial.execute(() -> this.ran.add("by another thread"));
				});
			}
			catch (Exception ex) {
				throw new AssertionError(ex);
			}
			assertThat(this.ran).isEmpty();
		});
		assertThat(this.failures).isEmpty();
		assertThat(this.ran).containsExactly("by another thread");
	}

	@Test
	void taskThatComesWhileTheDrainerLeavesIsRun() {
		List<String> ran = new ArrayList<>();
		AtomicReference<SerialExecutor> executor = new AtomicReference<>();
		AtomicBoolean late = new AtomicBoolean(true);
		Queue<Runnable> tasks = new LeavingQueue(() -> {
			if (late.getAndSet(false)) {
				CompletableFuture.runAsync(() -> executor.get().execute(() -> ran.add("late"))).join();
			}
		});
		executor.set(new SerialExecutor((failure) -> {
			throw new AssertionError(failure);
		}, tasks));
		executor.get().execute(() -> ran.add("first"));
		assertThat(ran).containsExactly("first", "late");
	}

	/**
	 * Runs something right after the drainer has found no more task.
	 */
	@SuppressWarnings("serial") // never serialized
	private static final class LeavingQueue extends ConcurrentLinkedQueue<Runnable> {

		private final Runnable whenEmpty;

		private LeavingQueue(Runnable whenEmpty) {
			this.whenEmpty = whenEmpty;
		}

		@Override
		public Runnable poll() {
			Runnable task = super.poll();
			if (task == null) {
				this.whenEmpty.run();
			}
			return task;
		}

	}

}
