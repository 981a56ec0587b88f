package io.github.websocketresilience.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A share of a group: of its tasks no more than so many run at once, the others wait
 * without a thread, first come, first served.
 */
final class Share implements Executor {

	private final Executor group;

	private final int limit;

	private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

	private final AtomicInteger running = new AtomicInteger();

	Share(Executor group, int limit) {
		this.group = group;
		this.limit = limit;
	}

	@Override
	public void execute(Runnable task) {
		this.waiting.add(task);
		startNext();
	}

	private void startNext() {
		while (!this.waiting.isEmpty()) {
			int count = this.running.get();
			if (count >= this.limit) {
				return;
			}
			if (this.running.compareAndSet(count, count + 1)) {
				this.group.execute(this::runNext);
				return;
			}
		}
	}

	private void runNext() {
		Runnable task = this.waiting.poll();
		try {
			if (task != null) {
				task.run();
			}
		}
		finally {
			this.running.decrementAndGet();
			startNext();
		}
	}

}
