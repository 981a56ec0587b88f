package io.github.websocketresilience.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

import io.github.websocketresilience.ConnectionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Events that wait, in order and bounded: when there are too many, the oldest fold into
 * one that carries the count of each kind. Not thread-safe.
 */
final class EventBuffer {

	static final int CAPACITY = 1000;

	private final Deque<Entry> entries = new ArrayDeque<>();

	private final Map<String, Long> skipped = new TreeMap<>();

	private @Nullable Entry lastSkipped;

	void add(long sequence, ConnectionEvent event) {
		if (this.entries.size() == CAPACITY) {
			Entry oldest = this.entries.remove();
			this.skipped.merge(oldest.event().getClass().getSimpleName(), 1L, Long::sum);
			this.lastSkipped = oldest;
		}
		this.entries.add(new Entry(sequence, event));
	}

	boolean isEmpty() {
		return this.lastSkipped == null && this.entries.isEmpty();
	}

	int size() {
		return this.entries.size() + ((this.lastSkipped != null) ? 1 : 0);
	}

	/**
	 * Return the place of the head in the order of all things that happened.
	 */
	long headSequence() {
		Entry folded = this.lastSkipped;
		return (folded != null) ? folded.sequence() : this.entries.element().sequence();
	}

	ConnectionEvent remove() {
		Entry folded = this.lastSkipped;
		if (folded == null) {
			return this.entries.remove().event();
		}
		ConnectionEvent last = folded.event();
		ConnectionEvent summary = new ConnectionEvent.EventsSkipped(last.connection(), last.attempt(), last.at(),
				this.skipped);
		this.lastSkipped = null;
		this.skipped.clear();
		return summary;
	}

	private record Entry(long sequence, ConnectionEvent event) {
	}

}
