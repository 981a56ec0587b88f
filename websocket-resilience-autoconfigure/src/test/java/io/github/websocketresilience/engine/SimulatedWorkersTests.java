package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SimulatedWorkers}.
 */
class SimulatedWorkersTests {

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final List<String> ran = new ArrayList<>();

	@Test
	void taskNeverRunsOnTheCaller() {
		this.workers.io(() -> this.ran.add("io"));
		this.workers.listeners("a", () -> this.ran.add("listener"));
		this.workers.completions(() -> this.ran.add("completion"));
		assertThat(this.ran).isEmpty();
		assertThat(this.workers.pending()).isEqualTo(3);
		this.workers.runAll();
		assertThat(this.ran).containsExactly("io", "listener", "completion");
	}

	@Test
	void anyTaskMayRunNext() {
		this.workers.io(() -> this.ran.add("first"));
		this.workers.io(() -> this.ran.add("second"));
		this.workers.run(1);
		assertThat(this.ran).containsExactly("second");
		assertThat(this.workers.pending(Group.IO)).isEqualTo(1);
	}

	@Test
	void groupRunsAlone() {
		this.workers.io(() -> this.ran.add("io"));
		this.workers.completions(() -> this.workers.completions(() -> this.ran.add("completion")));
		this.workers.runAll(Group.COMPLETIONS);
		assertThat(this.ran).containsExactly("completion");
		assertThat(this.workers.pending(Group.IO)).isEqualTo(1);
	}

	@Test
	void secondListenerThreadOfOneConnectionIsNoticed() {
		this.workers.listeners("a", () -> this.workers.run(0));
		this.workers.listeners("b", () -> this.workers.run(0));
		this.workers.listeners("a", () -> this.ran.add("second"));
		assertThatIllegalStateException().isThrownBy(() -> this.workers.run(0)).withMessageContaining("'a'");
		assertThat(this.ran).isEmpty();
	}

	@Test
	void tasksThatAreSubmittedForEverAreNoticed() {
		loop();
		assertThatIllegalStateException().isThrownBy(this.workers::runAll);
	}

	@Test
	void retainAndReleaseAreCounted() {
		this.workers.retain();
		this.workers.retain();
		this.workers.release();
		assertThat(this.workers.retained()).isEqualTo(1);
	}

	private void loop() {
		this.workers.io(this::loop);
	}

}
