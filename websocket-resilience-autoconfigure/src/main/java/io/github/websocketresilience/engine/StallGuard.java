package io.github.websocketresilience.engine;

import java.time.Duration;

/**
 * Keeps a verdict from falling on a peer when this process was stopped or starved: a
 * timer that came late by more than half its interval says so. What the peer did
 * meanwhile may wait to be read, so it gets more time, once until something arrives: a
 * process that is starved for good must not keep a dead peer for ever.
 */
final class StallGuard {

	private final Timer timer;

	private final long tolerance;

	private final ManagedConnection connection;

	private boolean granted;

	StallGuard(ManagedConnection connection, Timer timer, long interval) {
		this.connection = connection;
		this.timer = timer;
		this.tolerance = interval / 2;
	}

	/**
	 * The timer's task is about to pronounce a verdict.
	 * @return whether to give more time instead
	 */
	boolean grants() {
		long late = this.timer.lateBy();
		if (this.granted || late <= this.tolerance) {
			return false;
		}
		this.granted = true;
		this.connection.journal().stalled(Duration.ofNanos(late));
		return true;
	}

	/**
	 * All is well again: the next stall is another one.
	 */
	void reset() {
		this.granted = false;
	}

}
