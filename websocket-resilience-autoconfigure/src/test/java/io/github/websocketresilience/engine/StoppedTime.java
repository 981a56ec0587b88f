package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * A clock for real threads that any of them may move, and timers that never fire.
 */
final class StoppedTime implements Time {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final AtomicLong elapsed = new AtomicLong();

	private final RandomGenerator random = new Random(1);

	void advance(long nanos) {
		this.elapsed.addAndGet(nanos);
	}

	@Override
	public long nanoTime() {
		return this.elapsed.get();
	}

	@Override
	public Instant now() {
		return START.plusNanos(this.elapsed.get());
	}

	@Override
	public Scheduled schedule(String name, long delayNanos, Runnable task) {
		return () -> {
		};
	}

	@Override
	public RandomGenerator random() {
		return this.random;
	}

}
