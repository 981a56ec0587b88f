package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SimulatedTime}.
 */
class SimulatedTimeTests {

	private final SimulatedTime time = new SimulatedTime(1);

	private final List<String> ran = new ArrayList<>();

	@Test
	void oneNanosecondBeforeNothingRunsAndAtItItRuns() {
		schedule("a", 1000);
		this.time.advance(Duration.ofNanos(999));
		assertThat(this.ran).isEmpty();
		this.time.advance(Duration.ofNanos(1));
		assertThat(this.ran).containsExactly("a");
		assertThat(this.time.elapsed()).isEqualTo(1000);
	}

	@Test
	void tasksOfEqualTimeRunInTheOrderInWhichTheyWereScheduled() {
		schedule("late", 6);
		schedule("first", 5);
		schedule("second", 5);
		this.time.advance(Duration.ofNanos(3));
		schedule("third", 2);
		assertThat(this.time.pending()).containsExactly("first", "second", "third", "late");
		this.time.advance(Duration.ofNanos(2));
		assertThat(this.ran).containsExactly("first", "second", "third");
	}

	@Test
	void taskWithoutDelayNeverRunsInsideSchedule() {
		schedule("now", 0);
		schedule("past", -5);
		assertThat(this.ran).isEmpty();
		this.time.runDue();
		assertThat(this.ran).containsExactly("now", "past");
	}

	@Test
	void clocksAgreeInsideATask() {
		long before = this.time.nanoTime();
		List<Long> seen = new ArrayList<>();
		this.time.schedule("look", Duration.ofSeconds(30).toNanos(), () -> seen.add(this.time.nanoTime() - before));
		this.time.advance(Duration.ofMinutes(1));
		assertThat(seen).containsExactly(Duration.ofSeconds(30).toNanos());
		assertThat(this.time.nanoTime()).as("has overflown").isNegative();
		assertThat(this.time.now()).isEqualTo("2026-01-01T00:01:00Z");
	}

	@Test
	void cancelledTaskDoesNotRun() {
		Time.Scheduled task = schedule("a", 5);
		schedule("b", 5);
		task.cancel();
		task.cancel();
		assertThat(this.time.pending()).containsExactly("b");
		this.time.advance(Duration.ofNanos(10));
		assertThat(this.ran).containsExactly("b");
	}

	@Test
	void taskThatIsCancelledAfterItFiredRunsAllTheSame() {
		Time.Scheduled task = schedule("a", 5);
		this.time.moveTo(5);
		assertThat(this.time.fire()).isEqualTo("a");
		assertThat(this.time.pending()).containsExactly("a");
		task.cancel();
		assertThat(this.time.pending()).isEmpty();
		this.time.runFired();
		assertThat(this.ran).containsExactly("a");
	}

	@Test
	void taskMayScheduleAndCancelOthers() {
		Time.Scheduled victim = schedule("victim", 7);
		this.time.schedule("parent", 5, () -> {
			victim.cancel();
			schedule("child", 0);
			schedule("grandchild", 3);
		});
		this.time.advance(Duration.ofNanos(8));
		assertThat(this.ran).containsExactly("child", "grandchild");
	}

	@Test
	void timeMovesNeitherBackwardsNorPastATask() {
		schedule("a", 5);
		assertThatIllegalStateException().isThrownBy(() -> this.time.moveTo(6));
		this.time.moveTo(5);
		assertThatIllegalStateException().isThrownBy(() -> this.time.moveTo(4));
		this.time.fire();
		assertThatIllegalStateException().isThrownBy(() -> this.time.moveTo(6));
	}

	@Test
	void tasksThatAreDueForEverAreNoticed() {
		assertThatIllegalStateException().isThrownBy(() -> {
			loop();
			this.time.runDue();
		}).withMessageContaining("loop");
	}

	@Test
	void delayThatWouldOverflowIsForEver() {
		schedule("never", Long.MAX_VALUE);
		this.time.advance(Duration.ofDays(365));
		assertThat(this.ran).isEmpty();
		assertThat(this.time.pending()).containsExactly("never");
	}

	@Test
	void oneSeedGivesTheSameNumbers() {
		assertThat(new SimulatedTime(7).random().nextLong()).isEqualTo(new SimulatedTime(7).random().nextLong())
			.isNotEqualTo(new SimulatedTime(8).random().nextLong());
	}

	private Time.Scheduled schedule(String name, long delay) {
		return this.time.schedule(name, delay, () -> this.ran.add(name));
	}

	private void loop() {
		this.time.schedule("loop", 0, this::loop);
	}

}
