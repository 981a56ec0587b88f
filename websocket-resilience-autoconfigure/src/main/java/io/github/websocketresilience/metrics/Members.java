package io.github.websocketresilience.metrics;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a group, and their figures put together. What a former member has
 * counted stays in the totals, so that counters never go back. Thread-safe.
 */
final class Members {

	private final ReentrantLock lock = new ReentrantLock();

	private final Set<WebSocketConnection> connections = new HashSet<>();

	private final double[] past = Figure.none();

	private final Clock clock;

	private @Nullable Reading reading;

	Members(Clock clock) {
		this.clock = clock;
	}

	void add(WebSocketConnection connection) {
		this.lock.lock();
		try {
			this.connections.add(connection);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Remove a connection, but not what it has counted.
	 * @param connection the connection
	 * @return whether it was the last one
	 */
	boolean remove(WebSocketConnection connection) {
		this.lock.lock();
		try {
			if (this.connections.remove(connection)) {
				Figure.addPast(this.past, Sample.of(connection, now()));
			}
			return this.connections.isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return a figure of all members. Asks each of them only if the figure was given
	 * already, or all are too old.
	 * @param figure its place in {@link Figure#ALL}
	 * @return the value
	 */
	double value(int figure) {
		this.lock.lock();
		try {
			long nanos = this.clock.monotonicTime();
			Reading current = this.reading;
			if (current == null || !current.isGoodFor(figure, nanos)) {
				current = new Reading(read(), nanos);
				this.reading = current;
			}
			return current.give(figure);
		}
		finally {
			this.lock.unlock();
		}
	}

	private double[] read() {
		double[] values = this.past.clone();
		Instant now = now();
		this.connections.forEach((connection) -> Figure.add(values, Sample.of(connection, now)));
		return values;
	}

	private Instant now() {
		return Instant.ofEpochMilli(this.clock.wallTime());
	}

}
