package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.SendFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way out: the queue with its expiry, and the one writer that drains it,
 * of whatever attempt. A new socket waits for the return of the old one's writer.
 */
final class Outbound implements OutboundQueue.Signals {

	private final ManagedConnection connection;

	private final long timeToLive;

	private final List<MessageObserver> observers;

	private final Completions completions;

	private final Undelivered undelivered;

	private final Counters counters;

	private final OutboundQueue queue;

	private final Timer expiry;

	private final @Nullable TokenBucket limit;

	private final Timer rate;

	private final List<CompletableFuture<Void>> waiters = new ArrayList<>(0);

	private volatile @Nullable Writer writer;

	Outbound(ManagedConnection connection, Completions completions, Discards discards, Counters counters) {
		ConnectionSettings settings = connection.settings();
		this.connection = connection;
		this.timeToLive = settings.outbound().timeToLive().toNanos();
		this.observers = connection.hooks().messages();
		this.completions = completions;
		this.undelivered = new Undelivered(settings, completions, discards);
		this.counters = counters;
		this.queue = new OutboundQueue(settings.outbound(), connection.time(), this.undelivered, this);
		this.expiry = connection.newTimer("expiry", this::expire);
		this.limit = (settings.outbound().rateLimit() != null)
				? new TokenBucket(settings.outbound().rateLimit(), connection.time()) : null;
		this.rate = connection.newTimer("rate", connection::pump);
	}

	CompletableFuture<Void> offer(Message message, @Nullable String key) {
		Outgoing outgoing = new Outgoing(message, key, this.connection.time().nanoTime() + this.timeToLive);
		announce(message, false, outgoing.future());
		offer(outgoing);
		return outgoing.future();
	}

	/**
	 * Tell those who want to know what is about to be sent.
	 */
	void announce(Message message, boolean request, CompletionStage<?> outcome) {
		for (MessageObserver observer : this.observers) {
			try {
				observer.onSend(new MessageObserver.Sending(this.connection, message, request, outcome));
			}
			catch (Throwable ex) {
				String text = "message observer " + observer.getClass().getName() + " failed";
				this.connection.submit(() -> this.connection.impossible(text, ex));
			}
		}
	}

	void offer(Outgoing outgoing) {
		this.queue.offer(outgoing);
	}

	/**
	 * A message needs not be sent any more, if it still waits.
	 */
	void withdraw(Outgoing outgoing) {
		this.queue.withdraw(outgoing);
	}

	void moveGate(OutboundQueue.Gate gate, long run) {
		this.queue.moveGate(gate, run);
		if (gate == OutboundQueue.Gate.CLOSED) {
			expire();
			this.rate.cancel();
		}
	}

	/**
	 * Let a writer drain the queue to a socket, unless one is running or the rate limit
	 * wants it to wait.
	 */
	Pumped pumpTo(ConnectionAttempt attempt, Transport.Socket socket, long run) {
		if (this.writer != null) {
			return Pumped.BUSY;
		}
		if (!this.queue.claim() && attempt.lane().isEmpty()) {
			return Pumped.NOTHING_TO_WRITE;
		}
		long wait = (this.limit != null) ? this.limit.timeToNext() : 0;
		if (wait > 0) {
			this.rate.arm(wait);
			return Pumped.BUSY;
		}
		Writer next = new Writer(this, attempt, run);
		this.writer = next;
		Disconnect failure = this.connection.contain(() -> socket.write(next));
		if (failure != null) {
			next.done(failure);
		}
		return Pumped.STARTED;
	}

	/**
	 * The writer: messages that it held were handed to the socket.
	 */
	void written(List<Outgoing> messages) {
		if (!messages.isEmpty()) {
			this.counters.sent(messages.size(), release(messages));
			this.completions.succeed(messages.stream().map(Outgoing::future).toList());
		}
	}

	/**
	 * The writer: messages that it held will not be sent.
	 */
	void failed(List<Outgoing> messages, Reason reason) {
		release(messages);
		this.undelivered.fail(messages, reason);
	}

	private long release(List<Outgoing> messages) {
		long bytes = 0;
		for (Outgoing message : messages) {
			bytes += message.size();
		}
		this.queue.release(messages.size(), bytes);
		return bytes;
	}

	/**
	 * The writer has ended, with messages that it did not begin to write.
	 */
	void writerDone(Writer done, Deque<Outgoing> unsent, @Nullable Disconnect failure) {
		this.connection.submit(() -> {
			this.writer = null;
			this.queue.takeBack(unsent, done.run());
			expire();
			tellWaiters();
			this.connection.writerDone(done.attempt(), failure);
		});
	}

	/**
	 * Wait for the writer.
	 * @return completes on a worker thread when none is at work, or the one that is has
	 * ended, and what became of its messages has been told
	 */
	CompletableFuture<Void> writerReturned() {
		CompletableFuture<Void> returned = new CompletableFuture<>();
		this.connection.submit(() -> {
			this.waiters.add(returned);
			if (this.writer == null) {
				tellWaiters();
			}
		});
		return returned;
	}

	private void tellWaiters() {
		this.completions.succeed(List.copyOf(this.waiters));
		this.waiters.clear();
	}

	private void expire() {
		long next = this.queue.expire();
		if (next >= 0) {
			this.expiry.arm(next);
		}
		else {
			this.expiry.cancel();
		}
	}

	@Override
	public void pump() {
		this.connection.submit(Phase::pump);
	}

	@Override
	public void expiryNeeded() {
		this.connection.submit(this::expire);
	}

	OutboundQueue queue() {
		return this.queue;
	}

	Time time() {
		return this.connection.time();
	}

	@Nullable Writer writer() {
		return this.writer;
	}

	@Nullable TokenBucket limit() {
		return this.limit;
	}

	Amount size() {
		return this.queue.size();
	}

	/**
	 * What came of a wish to write.
	 */
	enum Pumped {

		/** A writer was started. */
		STARTED,

		/** One was running, or the rate limit wants it to wait. */
		BUSY,

		/** There is nothing to write. */
		NOTHING_TO_WRITE

	}

}
