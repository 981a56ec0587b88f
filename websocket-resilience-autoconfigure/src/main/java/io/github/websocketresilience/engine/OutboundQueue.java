package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.ConnectionSettings.Outbound;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.SendFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue of users' messages. One lock guards all of it, so an offer reads the
 * gate in the same atomic step in which it adds; nothing is called while it is held.
 * <p>
 * Messages that a writer took still count against the bounds until they are written or
 * have failed: a return always fits. A writer gives back what it did not begin to write,
 * to the head, so order is kept across sockets. What a writer of an earlier run gives
 * back fails: closed was closed.
 * <p>
 * {@code busy} is the promise that somebody will look at the queue again: the first offer
 * of an idle queue sets it and asks for a pump, further ones need not; a writer or a pump
 * that finds nothing clears it. A writer that was given up leaves it set: the pump after
 * its report decides.
 * <p>
 * A message with a key takes the place of an older one that waits. When a writer gives
 * back an older one, its newer one, which waits by now, takes its place.
 */
final class OutboundQueue {

	private final Outbound settings;

	private final Time time;

	private final Undelivered undelivered;

	private final Signals signals;

	private final ReentrantLock lock = new ReentrantLock();

	private final WaitingMessages waiting = new WaitingMessages();

	private int held;

	private long heldBytes;

	private Gate gate = Gate.OPEN;

	private long run;

	private boolean busy;

	// Whether somebody will look for expired messages, and when at the latest.
	private boolean expiryRequested;

	private long expiryAt;

	OutboundQueue(Outbound settings, Time time, Undelivered undelivered, Signals signals) {
		this.settings = settings;
		this.time = time;
		this.undelivered = undelivered;
		this.signals = signals;
	}

	void offer(Outgoing message) {
		Reason refusal;
		boolean wake = false;
		boolean expiry = false;
		Outgoing replaced = null;
		List<Outgoing> dropped = new ArrayList<>(0);
		this.lock.lock();
		try {
			Outgoing older = this.waiting.withKey(message.key());
			refusal = refusal(message, older, dropped);
			if (refusal == null) {
				replaced = older;
				add(message, older);
				expiry = claimExpiry(message);
				wake = !this.busy;
				this.busy = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.undelivered.fail(dropped, Reason.QUEUE_FULL);
		if (replaced != null) {
			this.undelivered.fail(replaced, Reason.REPLACED);
		}
		if (refusal != null) {
			this.undelivered.fail(message, refusal);
		}
		if (expiry) {
			this.signals.expiryNeeded();
		}
		if (wake) {
			this.signals.pump();
		}
	}

	private @Nullable Reason refusal(Outgoing message, @Nullable Outgoing older, List<Outgoing> dropped) {
		if (this.gate != Gate.OPEN) {
			return (this.gate == Gate.REJECTING) ? Reason.NOT_CONNECTED : Reason.CLOSED;
		}
		if (message.size() > this.settings.maxBytes()) {
			return Reason.TOO_LARGE;
		}
		// What a writer holds cannot be dropped: nothing is, for what would not fit then.
		boolean droppingHelps = this.settings.overflow() == OutboundOverflow.DROP_OLDEST
				&& this.heldBytes + message.size() <= this.settings.maxBytes();
		while (!fits(message, older)) {
			Outgoing oldest = droppingHelps ? this.waiting.oldestBut(older) : null;
			if (oldest == null) {
				return Reason.QUEUE_FULL;
			}
			this.waiting.remove(oldest);
			dropped.add(oldest);
		}
		return null;
	}

	private boolean fits(Outgoing message, @Nullable Outgoing older) {
		int others = this.waiting.count() - ((older != null) ? 1 : 0);
		long othersBytes = this.waiting.bytes() - ((older != null) ? older.size() : 0);
		return others + this.held < this.settings.capacity()
				&& othersBytes + this.heldBytes + message.size() <= this.settings.maxBytes();
	}

	private void add(Outgoing message, @Nullable Outgoing older) {
		if (older != null) {
			this.waiting.replace(older, message);
		}
		else {
			this.waiting.addLast(message);
		}
	}

	private boolean claimExpiry(Outgoing message) {
		if (this.expiryRequested && this.expiryAt - message.deadline() <= 0) {
			return false;
		}
		this.expiryRequested = true;
		this.expiryAt = message.deadline();
		return true;
	}

	/**
	 * A message needs not be sent any more. If it waits, it expires.
	 */
	void withdraw(Outgoing message) {
		this.lock.lock();
		try {
			message.withdraw();
			this.waiting.expireOutOfOrder();
		}
		finally {
			this.lock.unlock();
		}
		this.signals.expiryNeeded();
	}

	/**
	 * Move the gate. Only the serial executor does. What waits fails when the new gate
	 * lets nothing wait.
	 */
	void moveGate(Gate next, long run) {
		List<Outgoing> failed = List.of();
		this.lock.lock();
		try {
			this.gate = next;
			this.run = run;
			if (next.refusesWaiting()) {
				failed = this.waiting.removeAll();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.undelivered.fail(failed, next.reason());
	}

	/**
	 * Take messages for a writer.
	 * @return how many; zero ends the writer
	 */
	int take(Deque<Outgoing> batch, int most) {
		this.lock.lock();
		try {
			int taken = 0;
			while (taken < most) {
				Outgoing message = this.waiting.poll();
				if (message == null) {
					break;
				}
				this.held++;
				this.heldBytes += message.size();
				batch.add(message);
				taken++;
			}
			this.busy = taken > 0;
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Messages that a writer held were written or have failed.
	 */
	void release(int messages, long bytes) {
		this.lock.lock();
		try {
			this.held -= messages;
			this.heldBytes -= bytes;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Take back, in order, what a writer held and did not begin to write.
	 */
	void takeBack(Deque<Outgoing> unsent, long writersRun) {
		List<Outgoing> failed = new ArrayList<>(0);
		List<Outgoing> expired = new ArrayList<>(0);
		List<Outgoing> replaced = new ArrayList<>(0);
		Reason reason;
		long now = this.time.nanoTime();
		this.lock.lock();
		try {
			boolean refused = writersRun != this.run || this.gate.refusesWaiting();
			reason = (writersRun != this.run) ? Reason.CLOSED : this.gate.reason();
			for (Outgoing message = unsent.pollLast(); message != null; message = unsent.pollLast()) {
				this.held--;
				this.heldBytes -= message.size();
				Outgoing newer = this.waiting.withKey(message.key());
				if (refused) {
					failed.add(0, message);
				}
				else if (message.isExpired(now)) {
					expired.add(0, message);
				}
				else if (newer != null) {
					this.waiting.remove(newer);
					this.waiting.addFirst(newer);
					replaced.add(0, message);
				}
				else {
					this.waiting.addFirst(message);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		this.undelivered.fail(failed, reason);
		this.undelivered.fail(expired, Reason.EXPIRED);
		this.undelivered.fail(replaced, Reason.REPLACED);
	}

	/**
	 * Fail what has waited too long.
	 * @return nanoseconds until the next one expires, or -1 if none waits
	 */
	long expire() {
		List<Outgoing> expired;
		long now = this.time.nanoTime();
		long next = -1;
		this.lock.lock();
		try {
			expired = this.waiting.removeExpired(now);
			this.expiryRequested = !this.waiting.isEmpty();
			if (this.expiryRequested) {
				next = this.waiting.timeToExpiry(now);
				this.expiryAt = now + next;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.undelivered.fail(expired, Reason.EXPIRED);
		return next;
	}

	/**
	 * Return whether a writer is needed. If not, the next offer asks for one.
	 */
	boolean claim() {
		this.lock.lock();
		try {
			this.busy = !this.waiting.isEmpty();
			return this.busy;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what waits, what writers hold included.
	 */
	Amount size() {
		this.lock.lock();
		try {
			return new Amount(this.waiting.count() + this.held, this.waiting.bytes() + this.heldBytes);
		}
		finally {
			this.lock.unlock();
		}
	}

	Amount held() {
		this.lock.lock();
		try {
			return new Amount(this.held, this.heldBytes);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What becomes of an offer and of what waits.
	 */
	enum Gate {

		/** Offers are queued. */
		OPEN(Reason.CLOSED, false),

		/** Not connected, and the user does not want to wait. */
		REJECTING(Reason.NOT_CONNECTED, true),

		/** Closing: what waits is still written, nothing more is taken. */
		DRAINING(Reason.CLOSED, false),

		/** Closed. */
		CLOSED(Reason.CLOSED, true);

		private final Reason reason;

		private final boolean refusesWaiting;

		Gate(Reason reason, boolean refusesWaiting) {
			this.reason = reason;
			this.refusesWaiting = refusesWaiting;
		}

		Reason reason() {
			return this.reason;
		}

		boolean refusesWaiting() {
			return this.refusesWaiting;
		}

	}

	/**
	 * What the queue asks of its connection, from any thread.
	 */
	interface Signals {

		void pump();

		void expiryNeeded();

	}

}
