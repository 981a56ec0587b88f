package io.github.websocketresilience.transport;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InterruptionTests {

	private final AtomicInteger abandoned = new AtomicInteger();

	private final AtomicInteger returned = new AtomicInteger();

	private final Interruption interruption = new Interruption(this.abandoned::incrementAndGet,
			this.returned::incrementAndGet);

	@Test
	void threadInsideIsInterruptedAndLeavesWithoutTheFlag() {
		assertThat(this.interruption.enter()).isTrue();
		this.interruption.giveUp();
		assertThat(Thread.currentThread().isInterrupted()).isTrue();
		assertThat(this.abandoned).hasValue(1);
		assertThat(this.returned).hasValue(0);
		assertThat(this.interruption.finish()).isFalse();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		assertThat(this.returned).hasValue(1);
		assertThat(this.interruption.finish()).isFalse();
		assertThat(this.returned).hasValue(1);
	}

	@Test
	void nobodyEntersWhatWasGivenUp() {
		this.interruption.giveUp();
		assertThat(this.interruption.enter()).isFalse();
		assertThat(this.abandoned).hasValue(0);
	}

	@Test
	void threadThatPausedIsNotInterruptedAndNobodyFollowsIt() {
		assertThat(this.interruption.enter()).isTrue();
		assertThat(this.interruption.pause()).isTrue();
		this.interruption.giveUp();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		assertThat(this.interruption.enter()).isFalse();
		assertThat(this.abandoned).hasValue(0);
	}

	@Test
	void whatHasFinishedCannotBeGivenUp() {
		assertThat(this.interruption.enter()).isTrue();
		assertThat(this.interruption.finish()).isTrue();
		this.interruption.giveUp();
		assertThat(Thread.currentThread().isInterrupted()).isFalse();
		assertThat(this.abandoned).hasValue(0);
	}

	/**
	 * In each round one thread enters and leaves while the other gives up, at a moment
	 * that moves from round to round. After the round no flag may be left.
	 */
	@Test
	void underContentionNoInterruptComesLate() throws Exception {
		List<Interruption> rounds = IntStream.range(0, 100_000)
			.mapToObj((i) -> new Interruption(this.abandoned::incrementAndGet, this.returned::incrementAndGet))
			.toList();
		AtomicInteger worked = new AtomicInteger();
		AtomicInteger killed = new AtomicInteger();
		Thread killer = new Thread(() -> rounds.forEach((round) -> {
			spin(killed.get() % 64);
			round.giveUp();
			meet(killed, worked);
		}));
		killer.start();
		int late = 0;
		for (Interruption round : rounds) {
			if (round.enter()) {
				round.finish();
			}
			meet(worked, killed);
			late += Thread.interrupted() ? 1 : 0;
		}
		killer.join();
		assertThat(late).isZero();
		assertThat(this.returned).hasValue(this.abandoned.get());
	}

	// Spins, since threads that wake each other up never meet within nanoseconds.
	private static void meet(AtomicInteger mine, AtomicInteger others) {
		int round = mine.incrementAndGet();
		for (int i = 0; others.get() < round; i++) {
			if (i % 256 == 255) {
				Thread.yield();
			}
			Thread.onSpinWait();
		}
	}

	private static void spin(int times) {
		for (int i = 0; i < times; i++) {
			Thread.onSpinWait();
		}
	}

}
