package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link Timer}.
 */
class TimerTests {

	private final SimulatedTime time = new SimulatedTime(1);

	private final List<Throwable> failures = new ArrayList<>();

	private final SerialExecutor serial = new SerialExecutor(this.failures::add);

	private final List<Long> ran = new ArrayList<>();

	private final Timer timer = new Timer("test", this.time, this.serial, this::run);

	private void run() {
		this.serial.assertInside();
		assertThat(this.timer.isArmed()).isFalse();
		this.ran.add(this.time.elapsed());
	}

	@Test
	void taskRunsInTheExecutorAtItsTimeAndOnce() {
		arm(1000);
		assertThat(this.timer.isArmed()).isTrue();
		assertThat(this.time.pending()).containsExactly("test");
		this.time.advance(Duration.ofNanos(999));
		assertThat(this.ran).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.ran).containsExactly(1000L);
		this.time.advance(Duration.ofHours(1));
		assertThat(this.ran).hasSize(1);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void cancelledTimerDoesNotRun() {
		arm(1000);
		cancel();
		assertThat(this.timer.isArmed()).isFalse();
		assertThat(this.time.pending()).isEmpty();
		this.time.advance(Duration.ofHours(1));
		assertThat(this.ran).isEmpty();
	}

	@Test
	void timerThatIsCancelledAfterItFiredButBeforeItRanDoesNotRun() {
		arm(0);
		this.time.fire();
		cancel();
		this.time.runFired();
		assertThat(this.ran).isEmpty();
	}

	@Test
	void shotThatWaitsForTheExecutorWhileTheTimerIsCancelledDoesNotRun() {
		arm(0);
		this.serial.execute(() -> {
			this.time.runDue();
			this.timer.cancel();
		});
		assertThat(this.ran).isEmpty();
	}

	@Test
	void timerThatIsArmedAgainAfterItFiredRunsAtItsNewTimeOnly() {
		arm(0);
		this.time.fire();
		arm(500);
		this.time.runFired();
		assertThat(this.ran).isEmpty();
		assertThat(this.timer.isArmed()).isTrue();
		this.time.advance(Duration.ofNanos(500));
		assertThat(this.ran).containsExactly(500L);
	}

	@Test
	void armingAgainCancels() {
		arm(1000);
		arm(2000);
		assertThat(this.time.pending()).containsExactly("test");
		this.time.advance(Duration.ofNanos(2000));
		assertThat(this.ran).containsExactly(2000L);
	}

	@Test
	void timeInThePastIsAtOnceButNotInsideTheCall() {
		arm(-1);
		assertThat(this.ran).isEmpty();
		this.time.runDue();
		assertThat(this.ran).containsExactly(0L);
	}

	@Test
	void cancellingWhatIsNotArmedDoesNothing() {
		cancel();
		assertThat(this.failures).isEmpty();
	}

	@Test
	void outsideTheExecutorItCanBeNeitherArmedNorCancelled() {
		assertThatIllegalStateException().isThrownBy(() -> this.timer.arm(1));
		assertThatIllegalStateException().isThrownBy(this.timer::cancel);
		assertThat(this.time.pending()).isEmpty();
	}

	private void arm(long delay) {
		this.serial.execute(() -> this.timer.arm(delay));
	}

	private void cancel() {
		this.serial.execute(this.timer::cancel);
	}

}
