package io.github.websocketresilience.engine;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * One thread of the network: what happens on it happens one after the other, in order of
 * time. Threads among each other are in no order.
 */
final class SimulatedThread {

	private final PriorityQueue<Step> steps = new PriorityQueue<>(
			Comparator.comparingLong(Step::at).thenComparingLong(Step::sequence));

	private final String name;

	private final boolean punctual;

	private final SimulatedNetwork network;

	private boolean held;

	private boolean running;

	private long sequence;

	/**
	 * Create a thread.
	 * @param name what its steps are called in traces
	 * @param punctual whether its steps are never late
	 * @param network where it runs
	 */
	SimulatedThread(String name, boolean punctual, SimulatedNetwork network) {
		this.name = name;
		this.punctual = punctual;
		this.network = network;
	}

	/**
	 * Do something later, but never inside this call.
	 * @param what what it is called
	 * @param delay nanoseconds from now, {@link SimulatedTime#NEVER} to do it never
	 * @param action what to do
	 */
	void post(String what, long delay, Runnable action) {
		if (delay == SimulatedTime.NEVER) {
			return;
		}
		if (this.steps.isEmpty()) {
			this.network.activate(this);
		}
		this.steps.add(new Step(this.network.time().elapsed() + delay, this.sequence++, what, action));
	}

	/**
	 * Forget everything that has not happened yet.
	 */
	void clear() {
		this.steps.clear();
	}

	/**
	 * Let nothing happen, or let it go on.
	 */
	void hold(boolean hold) {
		this.held = hold;
	}

	boolean isHeld() {
		return this.held;
	}

	/**
	 * Return whether something is happening on it: nothing else does meanwhile.
	 */
	boolean isRunning() {
		return this.running;
	}

	boolean isEmpty() {
		return this.steps.isEmpty();
	}

	boolean isPunctual() {
		return this.punctual;
	}

	boolean isReady() {
		return nextAt() <= this.network.time().elapsed();
	}

	long nextAt() {
		return (this.held || this.running || this.steps.isEmpty()) ? SimulatedTime.NEVER : this.steps.element().at;
	}

	/**
	 * Return what the next thing is called.
	 */
	String next() {
		return this.name + " " + this.steps.element().what;
	}

	/**
	 * Let the next thing happen.
	 */
	void run() {
		Step next = this.steps.remove();
		this.running = true;
		try {
			next.action.run();
		}
		finally {
			this.running = false;
		}
	}

	private record Step(long at, long sequence, String what, Runnable action) {
	}

}
