package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
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
 */
final class OutboundQueue {

	private final Outbound settings;

	private final Time time;

	private final Undelivered undelivered;

	private final Signals signals;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Outgoing> waiting = new ArrayDeque<>();

	private long waitingBytes;

	private int held;

	private long heldBytes;

	private Gate gate = Gate.OPEN;

	private long run;

	private boolean busy;

	private boolean expiryRequested;

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
		List<Outgoing> dropped = new ArrayList<>(0);
		this.lock.lock();
		try {
			refusal = refusal(message, dropped);
			if (refusal == null) {
				this.waiting.add(message);
				this.waitingBytes += message.size();
				wake = !this.busy;
				this.busy = true;
				expiry = !this.expiryRequested;
				this.expiryRequested = true;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.undelivered.fail(dropped, Reason.QUEUE_FULL);
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

	private @Nullable Reason refusal(Outgoing message, List<Outgoing> dropped) {
		if (this.gate != Gate.OPEN) {
			return (this.gate == Gate.REJECTING) ? Reason.NOT_CONNECTED : Reason.CLOSED;
		}
		if (message.size() > this.settings.maxBytes()) {
			return Reason.TOO_LARGE;
		}
		// What a writer holds cannot be dropped: nothing is, for what would not fit then.
		boolean droppingHelps = this.settings.overflow() == OutboundOverflow.DROP_OLDEST
				&& this.held < this.settings.capacity() && this.heldBytes + message.size() <= this.settings.maxBytes();
		while (!fits(message)) {
			if (!droppingHelps) {
				return Reason.QUEUE_FULL;
			}
			Outgoing oldest = this.waiting.remove();
			this.waitingBytes -= oldest.size();
			dropped.add(oldest);
		}
		return null;
	}

	private boolean fits(Outgoing message) {
		return this.waiting.size() + this.held < this.settings.capacity()
				&& this.waitingBytes + this.heldBytes + message.size() <= this.settings.maxBytes();
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
				failed = removeAll();
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
			for (; taken < most && !this.waiting.isEmpty(); taken++) {
				Outgoing message = this.waiting.remove();
				this.waitingBytes -= message.size();
				this.held++;
				this.heldBytes += message.size();
				batch.add(message);
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
		Reason reason;
		long now = this.time.nanoTime();
		this.lock.lock();
		try {
			boolean refused = writersRun != this.run || this.gate.refusesWaiting();
			reason = (writersRun != this.run) ? Reason.CLOSED : this.gate.reason();
			for (Outgoing message = unsent.pollLast(); message != null; message = unsent.pollLast()) {
				this.held--;
				this.heldBytes -= message.size();
				if (refused) {
					failed.add(0, message);
				}
				else if (message.timeLeft(now) <= 0) {
					expired.add(0, message);
				}
				else {
					this.waiting.addFirst(message);
					this.waitingBytes += message.size();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		this.undelivered.fail(failed, reason);
		this.undelivered.fail(expired, Reason.EXPIRED);
	}

	/**
	 * Fail what has waited too long.
	 * @return nanoseconds until the next one expires, or -1 if none waits
	 */
	long expire() {
		List<Outgoing> expired = new ArrayList<>(0);
		long now = this.time.nanoTime();
		long next = -1;
		this.lock.lock();
		try {
			while (!this.waiting.isEmpty() && this.waiting.element().timeLeft(now) <= 0) {
				Outgoing message = this.waiting.remove();
				this.waitingBytes -= message.size();
				expired.add(message);
			}
			if (!this.waiting.isEmpty()) {
				next = this.waiting.element().timeLeft(now);
			}
			this.expiryRequested = next >= 0;
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
			return new Amount(this.waiting.size() + this.held, this.waitingBytes + this.heldBytes);
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

	private List<Outgoing> removeAll() {
		List<Outgoing> all = List.copyOf(this.waiting);
		this.waiting.clear();
		this.waitingBytes = 0;
		return all;
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
