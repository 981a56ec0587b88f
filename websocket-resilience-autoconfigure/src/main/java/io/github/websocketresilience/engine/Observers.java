package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Tells observers events in order, one at a time, on the I/O group.
 */
final class Observers {

	private final List<ConnectionObserver> observers;

	private final Workers workers;

	private final Completions completions;

	private final ReentrantLock lock = new ReentrantLock();

	private final EventBuffer events = new EventBuffer();

	private final DrainerRole drainer = new DrainerRole(this.lock);

	private @Nullable Removal removal;

	private boolean removed;

	private long failures;

	Observers(List<ConnectionObserver> observers, Workers workers, Completions completions) {
		this.observers = observers;
		this.workers = workers;
		this.completions = completions;
	}

	/**
	 * The connection was made. Nothing has been told yet.
	 */
	void added(WebSocketConnection connection) {
		for (ConnectionObserver observer : this.observers) {
			try {
				observer.onAdded(connection);
			}
			catch (Throwable ex) {
				tell(failure(connection.name(), 0, connection.snapshot().since(), observer, ex));
			}
		}
	}

	void tell(ConnectionEvent event) {
		if (!this.observers.isEmpty()) {
			wakeAfter(() -> this.events.add(0, event));
		}
	}

	/**
	 * The connection is gone: observers forget it when all that was told before has
	 * arrived, and are told nothing more.
	 * @return completes when they have, on a worker thread
	 */
	CompletableFuture<Void> remove(WebSocketConnection connection) {
		Removal wanted = new Removal(connection, new CompletableFuture<>());
		wakeAfter(() -> this.removal = wanted);
		return wanted.told();
	}

	private void wakeAfter(Runnable change) {
		boolean wake;
		this.lock.lock();
		try {
			wake = !this.removed;
			if (wake) {
				change.run();
				wake = this.drainer.claim();
			}
		}
		finally {
			this.lock.unlock();
		}
		if (wake) {
			this.drainer.submit(() -> this.workers.io(this::drain));
		}
	}

	long failures() {
		this.lock.lock();
		try {
			return this.failures;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void drain() {
		for (Runnable next = next(); next != null; next = next()) {
			next.run();
		}
	}

	private @Nullable Runnable next() {
		this.lock.lock();
		try {
			if (!this.events.isEmpty()) {
				ConnectionEvent event = this.events.remove();
				return () -> deliver(event);
			}
			Removal last = this.removal;
			if (last != null && !this.removed) {
				this.removed = true;
				return () -> forget(last);
			}
			this.drainer.giveBack();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void deliver(ConnectionEvent event) {
		for (ConnectionObserver observer : this.observers) {
			try {
				observer.onEvent(event);
			}
			catch (Throwable ex) {
				failed(event, observer, ex);
			}
		}
	}

	/**
	 * An observer that fails with this is only counted: nothing more may be told.
	 */
	private void forget(Removal last) {
		for (ConnectionObserver observer : this.observers) {
			try {
				observer.onRemoved(last.connection());
			}
			catch (Throwable ex) {
				count(null);
			}
		}
		this.completions.succeed(last.told());
	}

	/**
	 * The others are told, so that one of them can write it down; an observer that fails
	 * with that too is only counted.
	 */
	private void failed(ConnectionEvent event, ConnectionObserver observer, Throwable failure) {
		boolean twice = event instanceof ConnectionEvent.InternalError;
		count(twice ? null : failure(event.connection(), event.attempt(), event.at(), observer, failure));
	}

	private void count(@Nullable ConnectionEvent told) {
		this.lock.lock();
		try {
			this.failures++;
			if (told != null) {
				this.events.add(0, told);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static ConnectionEvent failure(String connection, long attempt, Instant at, ConnectionObserver observer,
			Throwable failure) {
		return new ConnectionEvent.InternalError(connection, attempt, at,
				"observer " + observer.getClass().getName() + " failed", failure);
	}

	/**
	 * The end of all.
	 *
	 * @param connection what is gone
	 * @param told completes when the observers know
	 */
	private record Removal(WebSocketConnection connection, CompletableFuture<Void> told) {
	}

}
