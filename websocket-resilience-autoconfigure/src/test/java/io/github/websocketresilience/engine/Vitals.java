package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings.Proof;

/**
 * What a socket showed of its peer's life, and when: what a fair judge of heartbeats
 * needs.
 */
final class Vitals {

	private final SimulatedTime time;

	private final List<Beat> heartbeats = new ArrayList<>();

	private final Deque<Beat> begun = new ArrayDeque<>();

	private final Tally signs = new Tally();

	private final Tally replies = new Tally();

	private final List<Long> messagesAt = new ArrayList<>();

	private final List<Long> repliesAt = new ArrayList<>();

	private final List<Long> leavesAt = new ArrayList<>();

	private final List<Long> backsAt = new ArrayList<>();

	private long signsSinceOpen;

	private int messages;

	private boolean opened;

	private boolean held;

	private boolean noticed;

	private boolean mayBeNoticed;

	private boolean pausedSince;

	private long pausedAt;

	private long resumedAt;

	private long pausedFor;

	private int resumes;

	Vitals(SimulatedTime time) {
		this.time = time;
	}

	static boolean isHeartbeat(Transport.Frame frame) {
		return frame instanceof Transport.Frame.Ping
				|| (frame instanceof Transport.Frame.Text text && text.text().startsWith("hb"));
	}

	/**
	 * The engine was told of the open.
	 */
	void opened() {
		this.opened = true;
	}

	/**
	 * Anything was read.
	 */
	void lived() {
		this.signs.add();
		if (this.opened) {
			this.signsSinceOpen++;
		}
	}

	/**
	 * A message was read that is no reply.
	 */
	void message() {
		this.messages++;
		this.messagesAt.add(this.time.elapsed());
	}

	/**
	 * The writer took a heartbeat: from now on it may be answered. What was read at the
	 * very same time may count as its answer.
	 */
	void took() {
		this.begun.add(new Beat(this.signs.before(), this.replies.before(), 0, false, false, 0));
	}

	/**
	 * The heartbeat that was taken first was handed to the socket.
	 */
	void handedOver() {
		Beat beat = this.begun.remove();
		this.heartbeats.add(
				new Beat(beat.signs, beat.replies, this.time.elapsed(), !this.held, !this.pausedSince, this.pausedFor));
		this.pausedSince = this.held;
	}

	/**
	 * The reply to a heartbeat was read.
	 */
	void replied() {
		this.replies.add();
		this.repliesAt.add(this.time.elapsed());
	}

	void paused() {
		this.noticed = true;
		this.mayBeNoticed = true;
		away();
	}

	/**
	 * The reader runs a listener.
	 */
	void left() {
		this.noticed = false;
		this.mayBeNoticed = false;
		away();
	}

	private void away() {
		this.held = true;
		this.pausedSince = true;
		this.pausedAt = this.time.elapsed();
		this.leavesAt.add(this.pausedAt);
	}

	/**
	 * The engine asked for a resume. A pause that took no time is none.
	 */
	void resuming() {
		this.held = false;
		this.backsAt.add(this.time.elapsed());
		this.pausedFor += this.time.elapsed() - this.pausedAt;
		if (this.noticed && this.time.elapsed() > this.pausedAt) {
			this.resumedAt = this.time.elapsed();
		}
	}

	void resumed() {
		this.resumes++;
	}

	/**
	 * The listener has returned.
	 */
	void returned() {
		resuming();
		if (this.mayBeNoticed) {
			resumed();
		}
	}

	/**
	 * Somebody looks after the peer, and whether the reader is away.
	 * @param certainly whether an awaited heartbeat is looked after in any case
	 */
	void looked(boolean certainly) {
		if (this.held) {
			this.mayBeNoticed = true;
			this.noticed |= certainly;
		}
	}

	/**
	 * Return the heartbeats that were handed to the socket.
	 */
	List<Beat> heartbeats() {
		return this.heartbeats;
	}

	/**
	 * Return how many proofs of life there were.
	 * @param proof what is a proof
	 */
	long proofs(Proof proof) {
		return (proof == Proof.ANY) ? this.signs.count : this.replies.count;
	}

	/**
	 * Return how many signs came after the engine was told of the open.
	 */
	long signsSinceOpen() {
		return this.signsSinceOpen;
	}

	long replies() {
		return this.replies.count;
	}

	/**
	 * Return how many messages were read that are no replies.
	 */
	int messages() {
		return this.messages;
	}

	/**
	 * Return when messages were read that are no replies.
	 */
	List<Long> messagesAt() {
		return this.messagesAt;
	}

	/**
	 * Return when replies were read.
	 */
	List<Long> repliesAt() {
		return this.repliesAt;
	}

	/**
	 * Return when the reader came back, from pauses and from listeners.
	 */
	List<Long> backsAt() {
		return this.backsAt;
	}

	/**
	 * Return whether the reader was away before a moment and after it.
	 */
	boolean wasAwayAt(long moment) {
		for (int i = 0; i < this.leavesAt.size(); i++) {
			boolean left = this.leavesAt.get(i) < moment;
			boolean back = i < this.backsAt.size() && this.backsAt.get(i) <= moment;
			if (left && !back) {
				return true;
			}
		}
		return false;
	}

	int resumes() {
		return this.resumes;
	}

	/**
	 * Return for how long reading was paused in all.
	 */
	long pausedFor() {
		return this.pausedFor;
	}

	/**
	 * Return when reading was resumed last after somebody had noticed, zero if it never
	 * was.
	 */
	long resumedAt() {
		return this.resumedAt;
	}

	private final class Tally {

		private long count;

		private long countBefore;

		private long countedAt = -1;

		private void add() {
			this.countBefore = before();
			this.countedAt = Vitals.this.time.elapsed();
			this.count++;
		}

		/**
		 * Return how many were counted before the present moment.
		 */
		private long before() {
			return (this.countedAt == Vitals.this.time.elapsed()) ? this.countBefore : this.count;
		}

	}

	/**
	 * A heartbeat that was handed to the socket.
	 *
	 * @param signs how many signs of life there were when the writer took it
	 * @param replies how many replies there were when the writer took it
	 * @param at when it was handed over
	 * @param reading whether reading was not paused then, so that it may be awaited
	 * @param awaited whether reading was not even paused since the heartbeat before, so
	 * that it certainly is awaited
	 * @param pausedFor for how long reading had been paused in all by then
	 */
	record Beat(long signs, long replies, long at, boolean reading, boolean awaited, long pausedFor) {

		/**
		 * Return how many proofs of life there were when the writer took it.
		 * @param proof what is a proof
		 */
		long proofs(Proof proof) {
			return (proof == Proof.ANY) ? this.signs : this.replies;
		}

	}

}
