package io.github.websocketresilience.transport;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.github.websocketresilience.engine.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that call listeners. Says who holds them when no call returns while others
 * wait.
 */
final class ListenerGroup implements AutoCloseable {

	static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final Logger logger = LoggerFactory.getLogger(ListenerGroup.class);

	private final WorkerGroup group;

	private final int limit;

	private final Time time;

	private final Set<Call> running = ConcurrentHashMap.newKeySet();

	private final AtomicInteger notReturned = new AtomicInteger();

	private final AtomicLong returned = new AtomicLong();

	private final AtomicBoolean watched = new AtomicBoolean();

	// Touched by the watch only, which runs one at a time.
	private volatile boolean warned;

	ListenerGroup(WorkerGroup group, int limit, Time time) {
		this.group = group;
		this.limit = limit;
		this.time = time;
	}

	void execute(String connection, Runnable task) {
		this.notReturned.incrementAndGet();
		this.group.execute(new Call(connection, task));
		if (isFull() && this.watched.compareAndSet(false, true)) {
			watch();
		}
	}

	@Override
	public void close() {
		this.group.close();
	}

	private boolean isFull() {
		return waiting() > 0;
	}

	private int waiting() {
		return this.notReturned.get() - this.limit;
	}

	private void watch() {
		long before = this.returned.get();
		this.time.schedule("listener threads", PATIENCE_NANOS, () -> judge(before));
	}

	private void judge(long before) {
		boolean stuck = isFull() && this.returned.get() == before;
		if (stuck && !this.warned) {
			Set<String> names = new TreeSet<>();
			this.running.forEach((call) -> names.add(call.connection));
			logger.warn("All {} listener threads are blocked, held by connections {}; waiting deliveries: {}. "
					+ "Do not block in listeners, or raise 'threads.listeners'", this.limit, names, waiting());
		}
		this.warned = stuck;
		if (isFull()) {
			watch();
			return;
		}
		this.watched.set(false);
		if (isFull() && this.watched.compareAndSet(false, true)) {
			watch();
		}
	}

	private final class Call implements Runnable {

		private final String connection;

		private final Runnable task;

		Call(String connection, Runnable task) {
			this.connection = connection;
			this.task = task;
		}

		@Override
		public void run() {
			ListenerGroup.this.running.add(this);
			try {
				this.task.run();
			}
			finally {
				ListenerGroup.this.running.remove(this);
				ListenerGroup.this.returned.incrementAndGet();
				ListenerGroup.this.notReturned.decrementAndGet();
			}
		}

	}

}
