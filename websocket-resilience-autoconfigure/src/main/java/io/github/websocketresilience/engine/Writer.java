package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.SendFailedException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One drain of the queue to one socket. It is called by one thread of the transport, or,
 * for its end, by another one in its place: the lock decides which of the two comes
 * first, and afterwards nothing is taken any more.
 */
final class Writer implements Transport.Outbox {

	private static final int BATCH = 64;

	private final ManagedConnection connection;

	private final ConnectionAttempt attempt;

	private final long run;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Outgoing> batch = new ArrayDeque<>();

	private final List<Outgoing> begun = new ArrayList<>();

	private final List<Beat> beats = new ArrayList<>(0);

	private boolean ended;

	private volatile boolean writing;

	private volatile long writingSince;

	Writer(ManagedConnection connection, ConnectionAttempt attempt, long run) {
		this.connection = connection;
		this.attempt = attempt;
		this.run = run;
	}

	ConnectionAttempt attempt() {
		return this.attempt;
	}

	long run() {
		return this.run;
	}

	/**
	 * Return whether a frame was taken and neither written nor followed by another.
	 */
	boolean isWriting() {
		return this.writing;
	}

	/**
	 * Return when the write under way began. Meaningful while one is.
	 */
	long writingSince() {
		return this.writingSince;
	}

	@Override
	public Transport.@Nullable Frame next() {
		this.writing = false;
		this.lock.lock();
		try {
			Transport.Frame frame = (this.ended || this.attempt.isDisowned()) ? null : take();
			if (frame != null) {
				this.writingSince = this.connection.time().nanoTime();
				this.writing = true;
			}
			return frame;
		}
		finally {
			this.lock.unlock();
			this.attempt.writeEnded();
		}
	}

	private Transport.@Nullable Frame take() {
		Lane.Entry control = this.attempt.lane().poll();
		if (control != null) {
			if (control.beat() != null) {
				this.attempt.pulse().begun(control.beat());
				this.beats.add(control.beat());
			}
			return control.frame();
		}
		while (!this.batch.isEmpty() || this.connection.queue().take(this.batch, BATCH) > 0) {
			Outgoing message = this.batch.remove();
			if (message.timeLeft(this.connection.time().nanoTime()) > 0) {
				this.begun.add(message);
				return message.frame();
			}
			this.connection.queue().release(1, message.size());
			this.connection.undelivered().fail(message, Reason.EXPIRED);
		}
		return null;
	}

	@Override
	public void flushed() {
		this.writing = false;
		List<CompletableFuture<Void>> written = List.of();
		List<Beat> handedOver = List.of();
		this.lock.lock();
		try {
			if (!this.ended) {
				written = settleBegun();
				handedOver = List.copyOf(this.beats);
				this.beats.clear();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.connection.completions().succeed(written);
		handedOver.forEach(this.attempt::handedOver);
		this.attempt.writeEnded();
	}

	private List<CompletableFuture<Void>> settleBegun() {
		if (this.begun.isEmpty()) {
			return List.of();
		}
		List<CompletableFuture<Void>> futures = new ArrayList<>(this.begun.size());
		this.begun.forEach((message) -> futures.add(message.future()));
		long bytes = releaseBegun();
		this.connection.counters().sent(futures.size(), bytes);
		return futures;
	}

	private long releaseBegun() {
		long bytes = 0;
		for (Outgoing message : this.begun) {
			bytes += message.size();
		}
		this.connection.queue().release(this.begun.size(), bytes);
		this.begun.clear();
		return bytes;
	}

	@Override
	public void done(@Nullable Disconnect failure) {
		List<Outgoing> lost;
		this.lock.lock();
		try {
			if (this.ended) {
				return;
			}
			this.ended = true;
			lost = List.copyOf(this.begun);
			releaseBegun();
		}
		finally {
			this.lock.unlock();
		}
		this.writing = false;
		this.connection.undelivered().fail(lost, Reason.LOST_IN_FLIGHT);
		this.connection.writerDone(this, this.batch, failure);
	}

}
