package io.github.websocketresilience.transport;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Decides who wins when an attempt is given up while a thread works for it. The thread is
 * interrupted only while it is inside, never later: by then it may be a sender, and an
 * interrupt would break its socket. The interrupt and the leaving exclude each other by
 * one compare-and-set, and a thread leaves without the flag.
 */
final class Interruption {

	private final AtomicReference<Object> state = new AtomicReference<>(State.OUTSIDE);

	private final Runnable abandoned;

	private final Runnable returned;

	/**
	 * Create the state of one attempt.
	 * @param abandoned runs before a thread that is inside is interrupted
	 * @param returned runs when that thread leaves
	 */
	Interruption(Runnable abandoned, Runnable returned) {
		this.abandoned = abandoned;
		this.returned = returned;
	}

	/**
	 * The calling thread begins to work for the attempt.
	 * @return whether it may: nobody gave up
	 */
	boolean enter() {
		return this.state.compareAndSet(State.OUTSIDE, Thread.currentThread());
	}

	/**
	 * The calling thread leaves the attempt, to be continued by another.
	 * @return whether nobody gave up meanwhile
	 */
	boolean pause() {
		return leave(State.OUTSIDE);
	}

	/**
	 * The calling thread leaves; there is nothing more to do.
	 * @return whether nobody gave up meanwhile
	 */
	boolean finish() {
		return leave(State.FINISHED);
	}

	/**
	 * Give up: nobody enters any more, and the thread inside is interrupted. Does nothing
	 * once finished.
	 */
	void giveUp() {
		Object current = this.state.get();
		while (current == State.OUTSIDE || current instanceof Thread) {
			boolean inside = current instanceof Thread;
			if (this.state.compareAndSet(current, inside ? State.BEING_INTERRUPTED : State.GIVEN_UP)) {
				if (current instanceof Thread thread) {
					this.abandoned.run();
					thread.interrupt();
					this.state.set(State.INTERRUPTED);
				}
				return;
			}
			current = this.state.get();
		}
	}

	private boolean leave(State next) {
		if (this.state.compareAndSet(Thread.currentThread(), next)) {
			return true;
		}
		while (this.state.get() == State.BEING_INTERRUPTED) {
			Thread.onSpinWait();
		}
		if (this.state.compareAndSet(State.INTERRUPTED, State.GIVEN_UP)) {
			// Cleared on purpose: it was meant for the attempt, not for what follows.
			Thread.interrupted();
			this.returned.run();
		}
		return false;
	}

	private enum State {

		OUTSIDE, BEING_INTERRUPTED, INTERRUPTED, GIVEN_UP, FINISHED

	}

}
