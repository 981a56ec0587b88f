package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * What one socket writes ahead of users' messages: first messages, then heartbeats and
 * automatic replies. It dies with its socket; nothing of it is ever returned.
 */
final class Lane {

	static final int CAPACITY = 16;

	private final ReentrantLock lock = new ReentrantLock();

	private final Deque<Transport.Frame> first = new ArrayDeque<>();

	private final Deque<Entry> control = new ArrayDeque<>();

	private volatile boolean empty = true;

	void first(List<String> texts) {
		this.lock.lock();
		try {
			texts.forEach((text) -> this.first.add(new Transport.Frame.Text(text)));
			this.empty = isDrained();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Add a control frame.
	 * @param key a frame with an equal key that still waits is replaced
	 * @return whether there was room
	 */
	boolean offer(Object key, Transport.Frame frame, @Nullable Beat beat) {
		Entry entry = new Entry(key, frame, beat);
		this.lock.lock();
		try {
			this.empty = false;
			Iterator<Entry> entries = this.control.iterator();
			while (entries.hasNext()) {
				if (entries.next().key().equals(key)) {
					entries.remove();
				}
			}
			boolean room = this.control.size() < CAPACITY;
			if (room) {
				this.control.add(entry);
			}
			return room;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isEmpty() {
		return this.empty;
	}

	int waitingControl() {
		this.lock.lock();
		try {
			return this.control.size();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Nullable Entry poll() {
		if (this.empty) {
			return null;
		}
		this.lock.lock();
		try {
			Transport.Frame frame = this.first.poll();
			Entry next = (frame != null) ? new Entry(frame, frame, null) : this.control.poll();
			this.empty = isDrained();
			return next;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isDrained() {
		return this.first.isEmpty() && this.control.isEmpty();
	}

	/**
	 * A frame that waits.
	 *
	 * @param key identifies what it replaces
	 * @param frame the frame
	 * @param beat the heartbeat that it is, or {@code null}
	 */
	record Entry(Object key, Transport.Frame frame, @Nullable Beat beat) {
	}

}
