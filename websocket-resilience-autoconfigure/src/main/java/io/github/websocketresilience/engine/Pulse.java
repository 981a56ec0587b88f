package io.github.websocketresilience.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import io.github.websocketresilience.ConnectionSettings.Proof;
import org.jspecify.annotations.Nullable;

/**
 * What one socket shows of its life. The reader writes a time per message and no more;
 * the heartbeat's timer reads it when it fires.
 */
final class Pulse {

	private static final VarHandle PROOF_AT;

	private static final VarHandle MESSAGE_AT;

	static {
		try {
			PROOF_AT = MethodHandles.lookup().findVarHandle(Pulse.class, "proofAt", long.class);
			MESSAGE_AT = MethodHandles.lookup().findVarHandle(Pulse.class, "messageAt", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/**
	 * Replies that may be outstanding; a server that never answers loses the oldest.
	 */
	private static final int MOST_AWAITED = 16;

	private final Time time;

	private final Proof proof;

	private final ReplyMatcher matcher;

	private final Runnable firstProof;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Beat> unanswered = new ArrayDeque<>(MOST_AWAITED);

	private volatile boolean awaited;

	private volatile boolean proven;

	@SuppressWarnings("unused") // through the handle
	private long proofAt;

	@SuppressWarnings("unused") // through the handle
	private long messageAt;

	Pulse(Time time, Proof proof, ReplyMatcher matcher, Runnable firstProof) {
		this.time = time;
		this.proof = proof;
		this.matcher = matcher;
		this.firstProof = firstProof;
		MESSAGE_AT.setOpaque(this, time.nanoTime());
	}

	/**
	 * The reader: something arrived.
	 */
	void seen() {
		if (this.proof == Proof.ANY) {
			prove();
		}
	}

	/**
	 * The reader: what was {@linkplain #seen() seen} last is a message and not automatic
	 * traffic.
	 * @return when it arrived
	 */
	long messageSeen() {
		long now = (this.proof == Proof.ANY) ? provenAt() : this.time.nanoTime();
		MESSAGE_AT.setOpaque(this, now);
		return now;
	}

	/**
	 * Return when the last message arrived that was noted, or else when this was made.
	 */
	long messageAt() {
		return (long) MESSAGE_AT.getOpaque(this);
	}

	/**
	 * The reader: recognise the reply to a text heartbeat. Each heartbeat has one at
	 * most.
	 * @return the heartbeat, or {@code null} if the text is not a reply
	 */
	@Nullable Beat answeredBy(String text) {
		if (!this.awaited) {
			return null;
		}
		if (this.matcher.isEcho()) {
			return answered((beat) -> text.equals(beat.text()));
		}
		return this.matcher.matches(text) ? answered((beat) -> true) : null;
	}

	/**
	 * The reader: recognise the pong of a ping (RFC 6455 section 5.5.3).
	 * @return the heartbeat, or {@code null} if the pong is another's
	 */
	@Nullable Beat answeredBy(byte[] payload) {
		return this.awaited ? answered((beat) -> beat.text() == null && Arrays.equals(beat.payload(), payload)) : null;
	}

	private @Nullable Beat answered(Predicate<Beat> isAnswer) {
		Beat found = null;
		this.lock.lock();
		try {
			Iterator<Beat> beats = this.unanswered.iterator();
			while (found == null && beats.hasNext()) {
				Beat beat = beats.next();
				if (isAnswer.test(beat)) {
					found = beat;
					beats.remove();
				}
			}
			this.awaited = !this.unanswered.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
		if (found != null) {
			prove();
		}
		return found;
	}

	private void prove() {
		PROOF_AT.setOpaque(this, this.time.nanoTime());
		if (!this.proven) {
			this.proven = true;
			this.firstProof.run();
		}
	}

	/**
	 * The writer: a heartbeat is about to be written, so its reply may come.
	 */
	void begun(Beat beat) {
		beat.begun(this.time.nanoTime());
		this.lock.lock();
		try {
			if (this.unanswered.size() == MOST_AWAITED) {
				this.unanswered.remove();
			}
			this.unanswered.add(beat);
			this.awaited = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isProven() {
		return this.proven;
	}

	/**
	 * Return whether life was proven at a time or later.
	 */
	boolean isProvenSince(long moment) {
		return this.proven && provenAt() - moment >= 0;
	}

	/**
	 * Return when life was last proven. Meaningful once it {@linkplain #isProven() was}.
	 */
	long provenAt() {
		return (long) PROOF_AT.getOpaque(this);
	}

}
