package io.github.websocketresilience.engine;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The role of the one who drains: whoever finds it free while there is something to drain
 * takes it and submits a task; the task gives it back when nothing is left. Guarded by
 * the lock of what is drained.
 */
final class DrainerRole {

	private final ReentrantLock lock;

	private boolean taken;

	DrainerRole(ReentrantLock lock) {
		this.lock = lock;
	}

	/**
	 * Take the role if it is free. The lock is held.
	 */
	boolean claim() {
		boolean claimed = !this.taken;
		this.taken = true;
		return claimed;
	}

	/**
	 * Nothing is left. The lock is held.
	 */
	void giveBack() {
		this.taken = false;
	}

	/**
	 * Return whether somebody has it. The lock is held.
	 */
	boolean isTaken() {
		return this.taken;
	}

	/**
	 * Submit the task of who has the role. Without a thread the role is given back:
	 * whatever comes next asks again. The lock is not held.
	 */
	void submit(Runnable submission) {
		try {
			submission.run();
		}
		catch (Throwable ex) {
			this.lock.lock();
			try {
				giveBack();
			}
			finally {
				this.lock.unlock();
			}
			throw ex;
		}
	}

}
