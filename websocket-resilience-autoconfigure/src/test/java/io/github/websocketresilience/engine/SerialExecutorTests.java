package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

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

}
