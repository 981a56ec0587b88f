package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Workers that run a task only when told to, in any order. Inside a group nothing keeps
 * tasks in order: a real pool does not either.
 */
final class SimulatedWorkers implements Workers {

	private static final int TOO_MANY = 100_000;

	private final List<Task> pending = new ArrayList<>();

	private final Set<String> listening = new HashSet<>();

	private @Nullable Group running;

	private int retained;

	private int runs;

	@Override
	public void io(Runnable task) {
		this.pending.add(new Task(Group.IO, "", task));
	}

	@Override
	public void listeners(String connection, Runnable task) {
		this.pending.add(new Task(Group.LISTENERS, connection, task));
	}

	@Override
	public void completions(Runnable task) {
		this.pending.add(new Task(Group.COMPLETIONS, "", task));
	}

	@Override
	public void retain() {
		this.retained++;
		this.runs++;
	}

	@Override
	public void release() {
		this.retained--;
	}

	/**
	 * Return how many connections keep the application alive.
	 */
	int retained() {
		return this.retained;
	}

	/**
	 * Return how often a connection was started.
	 */
	int runs() {
		return this.runs;
	}

	int pending() {
		return this.pending.size();
	}

	int pending(Group group) {
		int result = 0;
		for (Task task : this.pending) {
			if (task.group == group) {
				result++;
			}
		}
		return result;
	}

	/**
	 * Return the group of the task that is running, {@code null} if none is.
	 */
	@Nullable Group running() {
		return this.running;
	}

	/**
	 * Let something happen on a thread of somebody else.
	 */
	void aside(Runnable action) {
		Group outer = this.running;
		this.running = null;
		try {
			action.run();
		}
		finally {
			this.running = outer;
		}
	}

	/**
	 * Return the group of a pending task.
	 * @param index which one, in the order of submission
	 */
	Group groupOf(int index) {
		return this.pending.get(index).group;
	}

	/**
	 * Run one pending task.
	 * @param index which one, in the order of submission
	 */
	void run(int index) {
		Task task = this.pending.remove(index);
		boolean listens = task.group == Group.LISTENERS;
		if (listens && !this.listening.add(task.connection)) {
			throw new IllegalStateException("'" + task.connection + "' uses two listener threads at once");
		}
		Group outer = this.running;
		this.running = task.group;
		try {
			task.action.run();
		}
		finally {
			this.running = outer;
			if (listens) {
				this.listening.remove(task.connection);
			}
		}
	}

	/**
	 * Run the pending tasks of a group in the order of submission, also those that are
	 * submitted meanwhile.
	 */
	void runAll(Group group) {
		for (int i = 0; pending(group) > 0; i++) {
			checkBound(i);
			int index = 0;
			while (groupOf(index) != group) {
				index++;
			}
			run(index);
		}
	}

	/**
	 * Run all pending tasks in the order of submission, also those that are submitted
	 * meanwhile.
	 */
	void runAll() {
		for (int i = 0; !this.pending.isEmpty(); i++) {
			checkBound(i);
			run(0);
		}
	}

	private static void checkBound(int tasks) {
		if (tasks >= TOO_MANY) {
			throw new IllegalStateException("tasks are submitted for ever");
		}
	}

	enum Group {

		IO, LISTENERS, COMPLETIONS

	}

	private record Task(Group group, String connection, Runnable action) {
	}

}
