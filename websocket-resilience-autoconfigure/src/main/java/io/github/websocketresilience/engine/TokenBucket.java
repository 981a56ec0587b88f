package io.github.websocketresilience.engine;

import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.ConnectionSettings.RateLimit;

/**
 * A bucket of tokens, one for each frame, each of which returns a period after it was
 * taken. So no period, wherever it begins, sees more than the limit: one that is filled
 * evenly would let twice as many pass in its first. Belongs to the connection, not to a
 * socket: a server counts on across a reconnect.
 */
final class TokenBucket {

	private final Time time;

	private final long period;

	private final ReentrantLock lock = new ReentrantLock();

	// When each token was taken, the oldest at the place of the next.
	private final long[] taken;

	private int next;

	private int outstanding;

	TokenBucket(RateLimit limit, Time time) {
		this.time = time;
		this.period = limit.period().toNanos();
		this.taken = new long[limit.messages()];
	}

	/**
	 * Return the time until there is a token, zero or less if there is one.
	 */
	long timeToNext() {
		this.lock.lock();
		try {
			if (this.outstanding < this.taken.length) {
				return 0;
			}
			return this.taken[this.next] + this.period - this.time.nanoTime();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take a token, given that there is one.
	 */
	void take() {
		this.lock.lock();
		try {
			this.taken[this.next] = this.time.nanoTime();
			this.next = (this.next + 1) % this.taken.length;
			this.outstanding = Math.min(this.outstanding + 1, this.taken.length);
		}
		finally {
			this.lock.unlock();
		}
	}

}
