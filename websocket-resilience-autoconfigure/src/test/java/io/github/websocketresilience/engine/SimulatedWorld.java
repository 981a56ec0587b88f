package io.github.websocketresilience.engine;

import java.time.Duration;

/**
 * Simulated time, workers and network together, for tests that want everything to happen
 * at its time and in order.
 *
 * @param time the time
 * @param workers the workers
 * @param network the network
 */
record SimulatedWorld(SimulatedTime time, SimulatedWorkers workers, SimulatedNetwork network) {

	private static final int TOO_MANY = 100_000;

	/**
	 * Create a world.
	 * @param seed of its random numbers
	 * @return the world
	 */
	static SimulatedWorld of(long seed) {
		SimulatedTime time = new SimulatedTime(seed);
		return new SimulatedWorld(time, new SimulatedWorkers(), new SimulatedNetwork(time));
	}

	Ports ports() {
		return new Ports(this.network, this.time, this.workers);
	}

	/**
	 * Run everything that is ready now, also what follows from it.
	 */
	void settle() {
		for (int i = 0; !isSettled(); i++) {
			if (i >= TOO_MANY) {
				throw new IllegalStateException("never settles");
			}
			this.time.runDue();
			this.network.runReady();
			this.workers.runAll();
		}
	}

	private boolean isSettled() {
		return !this.time.hasFired() && !this.time.isDue() && this.network.ready() == 0 && this.workers.pending() == 0;
	}

	/**
	 * Let time pass and run everything at its time.
	 * @param duration how long
	 */
	void advance(Duration duration) {
		long end = this.time.elapsed() + duration.toNanos();
		settle();
		for (long next = nextAt(); next <= end; next = nextAt()) {
			this.time.moveTo(next);
			settle();
		}
		this.time.moveTo(end);
	}

	/**
	 * Return when something happens by itself.
	 */
	long nextAt() {
		return Math.min(this.time.nextAt(), this.network.nextAt());
	}

}
