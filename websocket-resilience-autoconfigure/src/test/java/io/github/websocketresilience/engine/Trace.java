package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a simulation, step by step. Two runs of one seed are equal.
 */
final class Trace {

	private final SimulatedTime time;

	private final List<Entry> entries = new ArrayList<>();

	Trace(SimulatedTime time) {
		this.time = time;
	}

	void add(String what) {
		this.entries.add(new Entry(this.time.elapsed(), what));
	}

	int size() {
		return this.entries.size();
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Trace trace && this.entries.equals(trace.entries);
	}

	@Override
	public int hashCode() {
		return this.entries.hashCode();
	}

	@Override
	public String toString() {
		return last(this.entries.size());
	}

	/**
	 * Return the last steps, a line each.
	 * @param count how many at most
	 */
	String last(int count) {
		StringBuilder result = new StringBuilder();
		for (int i = Math.max(0, this.entries.size() - count); i < this.entries.size(); i++) {
			Entry entry = this.entries.get(i);
			result.append("%5d %12.6f ms  %s%n".formatted(i + 1, entry.at / 1e6, entry.what));
		}
		return result.toString();
	}

	private record Entry(long at, String what) {
	}

}
