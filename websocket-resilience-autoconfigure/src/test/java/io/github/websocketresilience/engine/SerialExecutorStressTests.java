package io.github.websocketresilience.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link SerialExecutor} with real threads.
 */
class SerialExecutorStressTests {

	private static final int SUBMITTERS = 4;

	private static final int TASKS = 20_000;

	private static final int VISITS = 5_000;

	private final AtomicInteger failures = new AtomicInteger();

	private final SerialExecutor serial = new SerialExecutor((failure) -> this.failures.incrementAndGet());

	private final AtomicBoolean inside = new AtomicBoolean();

	private final AtomicInteger violations = new AtomicInteger();

	private final int[] last = new int[SUBMITTERS];

	/**
	 * Neither volatile nor atomic: the executor makes one task's changes visible to the
	 * next.
	 */
	private int ran;

	@Test
	void tasksOfManySubmittersRunOneAtATimeEachInOrder() throws Exception {
		Crowd.Action[] submitters = new Crowd.Action[SUBMITTERS];
		for (int i = 0; i < SUBMITTERS; i++) {
			int submitter = i;
			submitters[i] = () -> {
				for (int number = 1; number <= TASKS; number++) {
					submit(submitter, number);
				}
			};
		}

		Crowd.together(submitters);

		assertThat(this.serial.isIdle()).isTrue();
		assertThat(this.violations).hasValue(0);
		assertThat(this.last).containsOnly(TASKS);
		assertThat(this.ran).isEqualTo(SUBMITTERS * (TASKS + TASKS / 10));
		assertThat(this.failures).hasValue(SUBMITTERS * (TASKS / 7));
	}

	private void submit(int submitter, int number) {
		this.serial.execute(() -> alone(() -> {
			if (++this.last[submitter] != number) {
				this.violations.incrementAndGet();
			}
			if (number % 10 == 0) {
				this.serial.execute(() -> alone(() -> {
				}));
			}
			if (number % 7 == 0) {
				throw new IllegalStateException("planned");
			}
		}));
	}

	private void alone(Runnable task) {
		if (!this.inside.compareAndSet(false, true) || !this.serial.isInside()) {
			this.violations.incrementAndGet();
		}
		this.ran++;
		try {
			task.run();
		}
		finally {
			this.inside.set(false);
		}
	}

	/**
	 * The visitor waits for its task before it submits the next. So when its submission
	 * has returned and the resident is not inside either, nobody is left who could still
	 * run it.
	 */
	@Test
	void taskThatIsSubmittedWhileTheDrainerLeavesIsNotLost() throws Exception {
		AtomicInteger visits = new AtomicInteger();
		AtomicInteger received = new AtomicInteger();
		AtomicInteger lost = new AtomicInteger();

		Crowd.together(() -> {
			while (visits.get() < VISITS && lost.get() == 0) {
				this.serial.execute(() -> {
				});
				if (visits.get() > received.get()) {
					lost.incrementAndGet();
				}
			}
		}, () -> {
			for (int i = 1; i <= VISITS && lost.get() == 0; i++) {
				int visit = i;
				// The resident is inside, and about to leave: it has next to nothing to
				// do.
				Crowd.await(() -> !this.serial.isIdle());
				this.serial.execute(() -> received.set(visit));
				visits.set(visit);
				Crowd.await(() -> received.get() == visit || lost.get() > 0);
			}
		});

		assertThat(lost).hasValue(0);
	}

}
