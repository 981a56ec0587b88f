package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Messages that wait, in order. Those with a key are found by it, and a newer one takes
 * the place of the older: so the list is linked through its elements. Guarded by the lock
 * of the queue.
 */
final class WaitingMessages {

	private final Map<String, Outgoing> byKey = new HashMap<>();

	private @Nullable Outgoing head;

	private @Nullable Outgoing tail;

	private int count;

	private long bytes;

	// Most messages expire in the order in which they wait: then only the head matters.
	private boolean expireInOrder = true;

	int count() {
		return this.count;
	}

	long bytes() {
		return this.bytes;
	}

	boolean isEmpty() {
		return this.head == null;
	}

	@Nullable Outgoing withKey(@Nullable String key) {
		return (key != null) ? this.byKey.get(key) : null;
	}

	/**
	 * Return the oldest message that is not the given one.
	 */
	@Nullable Outgoing oldestBut(@Nullable Outgoing spared) {
		return (this.head != null && this.head == spared) ? this.head.next : this.head;
	}

	void addLast(Outgoing message) {
		insert(this.tail, message, null);
	}

	void addFirst(Outgoing message) {
		insert(null, message, this.head);
	}

	/**
	 * Put a message where another one was.
	 */
	void replace(Outgoing older, Outgoing newer) {
		Outgoing before = older.previous;
		Outgoing after = older.next;
		remove(older);
		insert(before, newer, after);
	}

	@Nullable Outgoing poll() {
		Outgoing first = this.head;
		if (first != null) {
			remove(first);
		}
		return first;
	}

	void remove(Outgoing message) {
		link(message.previous, message.next);
		message.previous = null;
		message.next = null;
		this.count--;
		this.bytes -= message.size();
		if (message.key() != null) {
			this.byKey.remove(message.key());
		}
		this.expireInOrder |= isEmpty();
	}

	List<Outgoing> removeAll() {
		List<Outgoing> all = new ArrayList<>(this.count);
		for (Outgoing first = poll(); first != null; first = poll()) {
			all.add(first);
		}
		return all;
	}

	/**
	 * Take out what has waited too long.
	 */
	List<Outgoing> removeExpired(long now) {
		List<Outgoing> expired = new ArrayList<>(0);
		Outgoing next = this.head;
		while (next != null) {
			Outgoing message = next;
			next = message.next;
			if (message.isExpired(now)) {
				remove(message);
				expired.add(message);
			}
			else if (this.expireInOrder) {
				return expired;
			}
		}
		return expired;
	}

	/**
	 * Return the time until the next message expires, given that something waits.
	 */
	long timeToExpiry(long now) {
		long least = Long.MAX_VALUE;
		Outgoing message = this.head;
		while (message != null) {
			least = Math.min(least, message.deadline() - now);
			message = this.expireInOrder ? null : message.next;
		}
		return least;
	}

	/**
	 * A message somewhere may have expired before its time.
	 */
	void expireOutOfOrder() {
		this.expireInOrder = isEmpty();
	}

	private void insert(@Nullable Outgoing before, Outgoing message, @Nullable Outgoing after) {
		link(before, message);
		link(message, after);
		this.count++;
		this.bytes += message.size();
		if (message.key() != null) {
			this.byKey.put(message.key(), message);
		}
		boolean inOrder = (before == null || message.deadline() - before.deadline() >= 0)
				&& (after == null || after.deadline() - message.deadline() >= 0);
		this.expireInOrder &= inOrder;
	}

	private void link(@Nullable Outgoing before, @Nullable Outgoing after) {
		if (before != null) {
			before.next = after;
		}
		else {
			this.head = after;
		}
		if (after != null) {
			after.previous = before;
		}
		else {
			this.tail = before;
		}
	}

}
