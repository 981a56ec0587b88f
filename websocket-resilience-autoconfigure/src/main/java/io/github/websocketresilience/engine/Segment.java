package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.Deque;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.Message;
import org.jspecify.annotations.Nullable;

/**
 * The part of the delivery log that one socket fills: unlinked until its open was
 * handled, then linked behind the event that says so, in the end sealed. Guarded by the
 * lock of the log.
 * <p>
 * Only the reader pauses, in the offer that fills the log; the drainer ends a pause that
 * is complete and takes one back that is still under way, and then the reader itself
 * resumes. So every pause has exactly one resume, and it comes after it.
 * <p>
 * The reader is away, and hears nothing of the peer, while it is paused and while it runs
 * a listener itself. That time is kept, for whoever judges silence.
 */
final class Segment {

	private final DeliveryLog log;

	private final Backlog backlog;

	private final Time time;

	private final Deque<Message> unlinked = new ArrayDeque<>();

	private boolean linked;

	private boolean sealed;

	private Reading reading = Reading.READING;

	private long pausedSince;

	private long pausedBefore;

	private boolean delivering;

	private long deliveringSince;

	private long deliveredBefore;

	private long backAt;

	private boolean backWanted;

	private long toldBackAt;

	private volatile Transport.@Nullable Socket socket;

	private volatile @Nullable Runnable backListener;

	Segment(DeliveryLog log, Time time) {
		this.log = log;
		this.backlog = log.backlog();
		this.time = time;
		this.toldBackAt = time.nanoTime();
	}

	/**
	 * Attach the socket to pause, before anything can be offered.
	 */
	void attach(Transport.Socket socket, Runnable backListener) {
		this.socket = socket;
		this.backListener = backListener;
	}

	/**
	 * The reader: a message arrived.
	 * @return whether it was taken
	 */
	boolean offer(Message message) {
		if (this.backlog.isDirect() && lendsReader() && claimDirect()) {
			try {
				this.log.deliverDirectly(message);
			}
			finally {
				back();
			}
			return true;
		}
		return store(message);
	}

	private boolean lendsReader() {
		Transport.Socket reader = this.socket;
		return reader == null || reader.lendsReader();
	}

	private boolean claimDirect() {
		this.log.lock().lock();
		try {
			this.delivering = this.linked && !this.sealed && this.log.claimDirect();
			if (this.delivering) {
				this.deliveringSince = this.time.nanoTime();
				this.log.clock().begin(this.deliveringSince);
			}
			return this.delivering;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	private void back() {
		boolean wanted;
		this.log.lock().lock();
		try {
			this.delivering = false;
			this.backAt = this.time.nanoTime();
			this.log.clock().end(this.backAt, 1);
			this.deliveredBefore += this.backAt - this.deliveringSince;
			wanted = this.backWanted;
			this.backWanted = false;
			this.toldBackAt = wanted ? this.backAt : this.toldBackAt;
		}
		finally {
			this.log.lock().unlock();
		}
		Runnable listener = this.backListener;
		if (wanted && listener != null) {
			listener.run();
		}
	}

	private boolean store(Message message) {
		int dropped = 0;
		long droppedBytes = 0;
		boolean wake;
		boolean pauses;
		DiscardReason refusal;
		this.log.lock().lock();
		try {
			refusal = refusal();
			while (refusal == null && this.backlog.dropsOldest() && this.backlog.isFull()) {
				Message oldest = removeOldest();
				if (oldest == null) {
					break;
				}
				dropped++;
				droppedBytes += oldest.sizeInBytes();
			}
			if (refusal == null) {
				add(message);
			}
			pauses = refusal == null && claimPause();
			wake = this.log.claimDrain();
		}
		finally {
			this.log.lock().unlock();
		}
		this.log.discard(DiscardReason.LISTENERS_BEHIND, dropped, droppedBytes);
		if (refusal != null) {
			this.log.discard(refusal, 1, message.sizeInBytes());
		}
		this.log.wake(wake);
		if (pauses) {
			pause();
		}
		return refusal == null;
	}

	private @Nullable DiscardReason refusal() {
		if (this.sealed) {
			return DiscardReason.SOCKET_ENDED;
		}
		// A socket that was paused offers nothing; one that cannot be paused yet must not
		// exceed the bound by more than the one message that a pause comes too late for.
		boolean refused = this.backlog.isFull() && !this.backlog.dropsOldest()
				&& (this.reading != Reading.READING || this.socket == null);
		return refused ? DiscardReason.LISTENERS_BEHIND : null;
	}

	private @Nullable Message removeOldest() {
		Message oldest = this.backlog.removeOldest();
		if (oldest == null && !this.unlinked.isEmpty()) {
			oldest = this.backlog.forget(this.unlinked.remove());
		}
		return oldest;
	}

	private void add(Message message) {
		this.backlog.admit(message);
		if (this.linked) {
			this.backlog.link(this, message);
		}
		else {
			this.unlinked.add(message);
		}
	}

	private boolean claimPause() {
		if (this.backlog.dropsOldest() || !this.backlog.isFull() || this.reading != Reading.READING
				|| this.socket == null) {
			return false;
		}
		this.reading = Reading.PAUSING;
		this.pausedSince = this.time.nanoTime();
		return true;
	}

	private void pause() {
		Transport.Socket paused = this.socket;
		if (paused == null) {
			return;
		}
		paused.pauseReading();
		boolean takenBack;
		this.log.lock().lock();
		try {
			takenBack = this.reading != Reading.PAUSING;
			if (!takenBack) {
				this.reading = Reading.PAUSED;
			}
		}
		finally {
			this.log.lock().unlock();
		}
		if (takenBack) {
			resume();
		}
	}

	/**
	 * The drainer, below half: end the pause. The lock is held.
	 * @return whether the caller must {@link #resume()}
	 */
	boolean claimResume() {
		Reading before = this.reading;
		if (before != Reading.READING) {
			this.reading = Reading.READING;
			this.backAt = this.time.nanoTime();
			this.toldBackAt = this.backAt;
			this.pausedBefore += this.backAt - this.pausedSince;
		}
		return before == Reading.PAUSED;
	}

	void resume() {
		Transport.Socket resumed = this.socket;
		Runnable listener = this.backListener;
		if (resumed != null && listener != null) {
			resumed.resumeReading();
			listener.run();
		}
	}

	/**
	 * The open was handled and its event appended: what has arrived so far follows it.
	 */
	void link() {
		boolean wake;
		this.log.lock().lock();
		try {
			this.linked = true;
			for (Message message = this.unlinked.poll(); message != null; message = this.unlinked.poll()) {
				this.backlog.link(this, message);
			}
			wake = this.log.claimDrain();
		}
		finally {
			this.log.lock().unlock();
		}
		this.log.wake(wake);
	}

	/**
	 * The socket ended: nothing more is taken. What was never linked is discarded, and so
	 * is what exceeds the bound, since the next socket may bring one more.
	 */
	void seal() {
		int neverOpen;
		long neverOpenBytes = 0;
		int beyond = 0;
		long beyondBytes = 0;
		this.log.lock().lock();
		try {
			this.sealed = true;
			neverOpen = this.unlinked.size();
			for (Message message = this.unlinked.poll(); message != null; message = this.unlinked.poll()) {
				neverOpenBytes += this.backlog.forget(message).sizeInBytes();
			}
			for (Message newest = this.backlog.removeBeyond(this); newest != null; newest = this.backlog
				.removeBeyond(this)) {
				beyond++;
				beyondBytes += newest.sizeInBytes();
			}
			claimResume();
		}
		finally {
			this.log.lock().unlock();
		}
		this.log.discard(DiscardReason.SOCKET_ENDED, neverOpen, neverOpenBytes);
		this.log.discard(DiscardReason.LISTENERS_BEHIND, beyond, beyondBytes);
	}

	boolean isPaused() {
		this.log.lock().lock();
		try {
			return this.reading != Reading.READING;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	/**
	 * Return for how long reading has been paused in all.
	 */
	long pausedNanos() {
		this.log.lock().lock();
		try {
			long current = (this.reading != Reading.READING) ? this.time.nanoTime() - this.pausedSince : 0;
			return this.pausedBefore + current;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	/**
	 * Return whether the reader is away now. If it is, the listener of its return is
	 * called when it is back.
	 */
	boolean isAway() {
		this.log.lock().lock();
		try {
			this.backWanted = this.delivering;
			return this.delivering || this.reading != Reading.READING;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	/**
	 * Return for how long the reader has been away in all.
	 */
	long awayNanos() {
		this.log.lock().lock();
		try {
			long current = this.delivering ? this.time.nanoTime() - this.deliveringSince : 0;
			return pausedNanos() + this.deliveredBefore + current;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	/**
	 * Return when the reader was last back. Meaningful if it was ever away.
	 */
	long backAt() {
		this.log.lock().lock();
		try {
			return this.backAt;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	/**
	 * Return when a return of the reader was last told, or else when this was made. The
	 * end of every pause is told, and that of a call during which somebody asked whether
	 * the reader is away: the many short ones in between hold nobody up.
	 */
	long toldBackAt() {
		this.log.lock().lock();
		try {
			return this.toldBackAt;
		}
		finally {
			this.log.lock().unlock();
		}
	}

	/**
	 * Whether the reader reads. {@code PAUSING} is between the decision of the reader to
	 * pause and the return of its call.
	 */
	private enum Reading {

		READING, PAUSING, PAUSED

	}

}
