package io.github.websocketresilience.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionSnapshot.Listening;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * Everything that listeners see, events and messages, in one order, drained by one worker
 * at a time. Events are appended by the serial executor only; messages come from the
 * {@link Segment} of each socket. One lock guards the log and its segments; nothing is
 * called while it is held. A full log pauses reading or drops the oldest message; too
 * many events fold.
 * <p>
 * With direct dispatch a reader takes the drainer's role when it is free and nothing
 * waits, and delivers its message without storing it. What has come meanwhile is a
 * worker's again: the reader has to read.
 */
final class DeliveryLog {

	/**
	 * Deliveries of one task, so that a busy connection shares the listener threads.
	 */
	private static final int BATCH = 64;

	private final Deliverer deliverer;

	private final Discards discards;

	private final Time time;

	private final ReentrantLock lock = new ReentrantLock();

	private final Backlog backlog;

	private final DrainerRole drainer = new DrainerRole(this.lock);

	private final ListenerClock clock = new ListenerClock();

	private @Nullable Segment live;

	private @Nullable CompletableFuture<Void> drained;

	private boolean abandoned;

	DeliveryLog(Inbound settings, Deliverer deliverer, Discards discards, Time time) {
		this.backlog = new Backlog(settings);
		this.deliverer = deliverer;
		this.discards = discards;
		this.time = time;
	}

	ReentrantLock lock() {
		return this.lock;
	}

	/**
	 * Return what waits. The lock is held while it is used.
	 */
	Backlog backlog() {
		return this.backlog;
	}

	/**
	 * Return how long listeners were at work. The lock is held while it is used.
	 */
	ListenerClock clock() {
		return this.clock;
	}

	Listening listening() {
		return locked(() -> this.clock.read(this.time.nanoTime()));
	}

	Segment newSegment() {
		Segment segment = new Segment(this, this.time);
		this.lock.lock();
		try {
			this.live = segment;
		}
		finally {
			this.lock.unlock();
		}
		return segment;
	}

	void append(ConnectionEvent event) {
		boolean wake;
		this.lock.lock();
		try {
			this.backlog.add(event);
			wake = claimDrain();
		}
		finally {
			this.lock.unlock();
		}
		wake(wake);
	}

	/**
	 * Claim the drainer's role if there is something to deliver and nobody has it. The
	 * lock is held; {@link #wake} follows when it was released.
	 */
	boolean claimDrain() {
		return !this.backlog.isEmpty() && this.drainer.claim();
	}

	/**
	 * Claim the drainer's role for a reader that wants to deliver its message by itself.
	 * The lock is held; {@link #deliverDirectly} follows when it was released.
	 */
	boolean claimDirect() {
		return this.backlog.isDirect() && this.backlog.isEmpty() && this.drainer.claim();
	}

	/**
	 * The reader has the drainer's role: deliver, and hand the role on.
	 */
	void deliverDirectly(Message message) {
		this.deliverer.deliver(message);
		CompletableFuture<Void> rested = null;
		boolean more;
		this.lock.lock();
		try {
			more = !this.backlog.isEmpty();
			if (!more) {
				rested = rest();
			}
		}
		finally {
			this.lock.unlock();
		}
		wake(more);
		complete(rested);
	}

	void wake(boolean claimed) {
		if (claimed) {
			submitDrain();
		}
	}

	private void submitDrain() {
		this.drainer.submit(() -> this.deliverer.submit(this::drain));
	}

	void discard(DiscardReason reason, int messages, long bytes) {
		this.discards.add(reason, messages, bytes);
	}

	private void drain() {
		locked(() -> this.clock.begin(this.time.nanoTime()));
		int delivered = 0;
		int messages = 0;
		Delivered last = Delivered.EVENT;
		while (delivered < BATCH && last != Delivered.NOTHING) {
			last = deliverNext(messages);
			delivered++;
			messages += (last == Delivered.MESSAGE) ? 1 : 0;
		}
		if (last != Delivered.NOTHING) {
			int done = messages;
			locked(() -> this.clock.end(this.time.nanoTime(), done));
			submitDrain();
		}
	}

	/**
	 * Deliver what is next, or give the role back.
	 * @param before how many messages this task has delivered
	 */
	private Delivered deliverNext(int before) {
		ConnectionEvent event;
		Message message = null;
		Segment resumed = null;
		CompletableFuture<Void> rested = null;
		this.lock.lock();
		try {
			event = this.backlog.removeEvent();
			if (event == null) {
				message = this.backlog.removeOldest();
				resumed = (message != null) ? claimResume() : null;
				rested = (message != null) ? null : rest();
				if (message == null) {
					this.clock.end(this.time.nanoTime(), before);
				}
			}
		}
		finally {
			this.lock.unlock();
		}
		if (resumed != null) {
			resumed.resume();
		}
		if (event != null) {
			this.deliverer.deliver(event);
		}
		else if (message != null) {
			this.deliverer.deliver(message);
		}
		complete(rested);
		return (event != null) ? Delivered.EVENT : (message != null) ? Delivered.MESSAGE : Delivered.NOTHING;
	}

	private @Nullable Segment claimResume() {
		return (this.backlog.isBelowHalf() && this.live != null && this.live.claimResume()) ? this.live : null;
	}

	private @Nullable CompletableFuture<Void> rest() {
		this.drainer.giveBack();
		return takeDrained();
	}

	private @Nullable CompletableFuture<Void> takeDrained() {
		CompletableFuture<Void> result = this.drained;
		this.drained = null;
		return result;
	}

	private void complete(@Nullable CompletableFuture<Void> rested) {
		if (rested != null) {
			this.deliverer.complete(rested);
		}
	}

	/**
	 * Return when everything was delivered and the last call has returned, or
	 * {@link #discardMessages()} was called.
	 */
	CompletableFuture<Void> delivered() {
		CompletableFuture<Void> result;
		CompletableFuture<Void> rested;
		this.lock.lock();
		try {
			result = (this.drained != null) ? this.drained : new CompletableFuture<>();
			this.drained = result;
			rested = (!this.drainer.isTaken() || this.abandoned) ? takeDrained() : null;
		}
		finally {
			this.lock.unlock();
		}
		complete(rested);
		return result;
	}

	/**
	 * The delivery deadline is over: messages are discarded. The few events stay, so that
	 * a listener that comes back hears that the connection was closed.
	 */
	void discardMessages() {
		int discarded = 0;
		long discardedBytes = 0;
		Segment resumed;
		CompletableFuture<Void> rested;
		this.lock.lock();
		try {
			this.abandoned = true;
			for (Message oldest = this.backlog.removeOldest(); oldest != null; oldest = this.backlog.removeOldest()) {
				discarded++;
				discardedBytes += oldest.sizeInBytes();
			}
			resumed = claimResume();
			rested = takeDrained();
		}
		finally {
			this.lock.unlock();
		}
		discard(DiscardReason.CLOSE_DEADLINE, discarded, discardedBytes);
		if (resumed != null) {
			resumed.resume();
		}
		complete(rested);
	}

	/**
	 * A new run has begun: what is received is delivered again.
	 */
	void revive() {
		this.lock.lock();
		try {
			this.abandoned = false;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what waits, events included.
	 */
	Amount size() {
		return locked(() -> {
			Amount inbound = this.backlog.inbound();
			return new Amount(inbound.messages() + this.backlog.waitingEvents(), inbound.bytes());
		});
	}

	int waitingEvents() {
		return locked(this.backlog::waitingEvents);
	}

	/**
	 * Return whether nothing waits and no call is under way.
	 */
	boolean isIdle() {
		return locked(() -> !this.drainer.isTaken());
	}

	boolean isReadingPaused() {
		return locked(() -> this.live != null && this.live.isPaused());
	}

	Amount inbound() {
		return locked(this.backlog::inbound);
	}

	private void locked(Runnable writing) {
		this.lock.lock();
		try {
			writing.run();
		}
		finally {
			this.lock.unlock();
		}
	}

	private <T> T locked(Supplier<T> reading) {
		this.lock.lock();
		try {
			return reading.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What was delivered.
	 */
	private enum Delivered {

		EVENT, MESSAGE, NOTHING

	}

}
