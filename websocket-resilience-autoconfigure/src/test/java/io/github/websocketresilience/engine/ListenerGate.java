package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Workers whose listeners' group can be out of threads.
 */
final class ListenerGate implements Workers {

	private final Workers workers;

	private final List<Runnable> waiting = new ArrayList<>();

	private boolean blocked;

	private boolean broken;

	ListenerGate(Workers workers) {
		this.workers = workers;
	}

	@Override
	public void io(Runnable task) {
		this.workers.io(task);
	}

	@Override
	public void listeners(String connection, Runnable task) {
		if (this.blocked) {
			this.waiting.add(() -> this.workers.listeners(connection, task));
		}
		else {
			this.workers.listeners(connection, task);
		}
	}

	@Override
	public void completions(Runnable task) {
		this.workers.completions(task);
	}

	@Override
	public void retain() {
		if (this.broken) {
			throw new IllegalStateException("broken");
		}
		this.workers.retain();
	}

	@Override
	public void release() {
		this.workers.release();
	}

	void block() {
		this.blocked = true;
	}

	/**
	 * Let the next connections not start, which the port forbids.
	 */
	void breakRetain(boolean broken) {
		this.broken = broken;
	}

	/**
	 * Let everything run that waits.
	 */
	void open() {
		this.blocked = false;
		List<Runnable> tasks = List.copyOf(this.waiting);
		this.waiting.clear();
		tasks.forEach(Runnable::run);
	}

}
