package io.github.websocketresilience.transport;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the threads that still work for attempts which were given up: a DNS lookup
 * cannot be interrupted. A connection that has {@value #LIMIT} of them waits for one to
 * return before its next attempt.
 */
final class AbandonedHandshakes {

	static final int LIMIT = 4;

	private final Map<String, Entry> entries = new HashMap<>();

	void whenFew(String connection, Runnable attempt) {
		synchronized (this.entries) {
			Entry entry = this.entries.get(connection);
			if (entry != null && entry.count >= LIMIT) {
				entry.waiting.add(attempt);
				return;
			}
		}
		attempt.run();
	}

	void abandoned(String connection) {
		synchronized (this.entries) {
			this.entries.computeIfAbsent(connection, (name) -> new Entry()).count++;
		}
	}

	void returned(String connection) {
		List<Runnable> next;
		synchronized (this.entries) {
			Entry entry = this.entries.get(connection);
			if (entry == null) {
				return;
			}
			entry.count--;
			if (entry.count == 0) {
				this.entries.remove(connection);
			}
			// All of them, since some may have been given up meanwhile.
			next = new ArrayList<>(entry.waiting);
			entry.waiting.clear();
		}
		next.forEach(Runnable::run);
	}

	private static final class Entry {

		private int count;

		private final List<Runnable> waiting = new ArrayList<>();

	}

}
