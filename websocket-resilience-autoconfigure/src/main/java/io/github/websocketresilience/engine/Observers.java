package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import org.jspecify.annotations.Nullable;

/**
 * Tells observers events in order, one at a time, on the I/O group.
 */
final class Observers {

	private final List<ConnectionObserver> observers;

	private final Workers workers;

	private final ReentrantLock lock = new ReentrantLock();

	private final EventBuffer events = new EventBuffer();

	private final DrainerRole drainer = new DrainerRole(this.lock);

	private long failures;

	Observers(List<ConnectionObserver> observers, Workers workers) {
		this.observers = observers;
		this.workers = workers;
	}

	void tell(ConnectionEvent event) {
		if (this.observers.isEmpty()) {
			return;
		}
		boolean wake;
		this.lock.lock();
		try {
			this.events.add(0, event);
			wake = this.drainer.claim();
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
		for (ConnectionEvent event = poll(); event != null; event = poll()) {
			for (ConnectionObserver observer : this.observers) {
				try {
					observer.onEvent(event);
				}
				catch (Throwable ex) {
					failed(event, observer, ex);
				}
			}
		}
	}

	private @Nullable ConnectionEvent poll() {
		this.lock.lock();
		try {
			if (!this.events.isEmpty()) {
				return this.events.remove();
			}
			this.drainer.giveBack();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The others are told, so that one of them can write it down; an observer that fails
	 * with that too is only counted.
	 */
	private void failed(ConnectionEvent event, ConnectionObserver observer, Throwable failure) {
		this.lock.lock();
		try {
			this.failures++;
			if (!(event instanceof ConnectionEvent.InternalError)) {
				this.events.add(0, new ConnectionEvent.InternalError(event.connection(), event.attempt(), event.at(),
						"observer " + observer.getClass().getName() + " failed", failure));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
