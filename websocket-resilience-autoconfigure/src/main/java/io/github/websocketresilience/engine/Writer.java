package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
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

	private final Outbound outbound;

	private final ConnectionAttempt attempt;

	private final long run;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Outgoing> batch = new ArrayDeque<>();

	private final List<Outgoing> begun = new ArrayList<>();

	private final List<Beat> beats = new ArrayList<>(0);

	private final List<Outgoing> expired = new ArrayList<>(0);

	private boolean ended;

	private boolean unflushed;

	private volatile boolean writing;

	private volatile long writingSince;

	Writer(Outbound outbound, ConnectionAttempt attempt, long run) {
		this.outbound = outbound;
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
	 * Return whether a frame is being written, or what was written is being flushed.
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
			Transport.Frame frame = (this.ended || this.attempt.isDisowned()) ? null : takeWithinLimit();
			this.unflushed |= frame != null;
			if (this.unflushed) {
				// Without a frame, what was written is flushed now, and that may block.
				this.writingSince = this.outbound.time().nanoTime();
				this.writing = true;
			}
			return frame;
		}
		finally {
			this.lock.unlock();
			failExpired();
			this.attempt.writeEnded();
		}
	}

	private void failExpired() {
		if (!this.expired.isEmpty()) {
			this.outbound.failed(List.copyOf(this.expired), Reason.EXPIRED);
			this.expired.clear();
		}
	}

	private Transport.@Nullable Frame takeWithinLimit() {
		TokenBucket limit = this.outbound.limit();
		if (limit != null && limit.timeToNext() > 0) {
			return null;
		}
		Transport.Frame frame = take();
		if (limit != null && frame != null) {
			limit.take();
		}
		return frame;
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
		while (!this.batch.isEmpty() || this.outbound.queue().take(this.batch, BATCH) > 0) {
			Outgoing message = this.batch.remove();
			if (!message.isExpired(this.outbound.time().nanoTime())) {
				message.begun(this.attempt);
				this.begun.add(message);
				return message.frame();
			}
			this.expired.add(message);
		}
		return null;
	}

	@Override
	public void flushed() {
		this.writing = false;
		List<Outgoing> written = List.of();
		List<Beat> handedOver = List.of();
		this.lock.lock();
		try {
			this.unflushed = false;
			if (!this.ended) {
				written = List.copyOf(this.begun);
				handedOver = List.copyOf(this.beats);
				this.begun.clear();
				this.beats.clear();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.outbound.written(written);
		handedOver.forEach(this.attempt::handedOver);
		this.attempt.writeEnded();
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
			this.begun.clear();
		}
		finally {
			this.lock.unlock();
		}
		this.writing = false;
		this.outbound.failed(lost, Reason.LOST_IN_FLIGHT);
		this.outbound.writerDone(this, this.batch, failure);
	}

}
