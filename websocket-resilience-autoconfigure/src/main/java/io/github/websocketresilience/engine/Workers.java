package io.github.websocketresilience.engine;

/**
 * The port to threads: groups that cannot starve each other. Every method returns at
 * once, never runs the task on the caller, and may be called from any thread. A task for
 * which there is no thread now waits for one. Tasks do not throw.
 */
public interface Workers {

	/**
	 * Run a task of the I/O group, an observer's call for one.
	 * @param task a task that blocks for a bounded time only
	 */
	void io(Runnable task);

	/**
	 * Run the handshake of an attempt. A group without bound needs no care; one with a
	 * bound must not be filled by servers that do not answer. By default it is a task of
	 * the I/O group.
	 * @param task a task that blocks until {@code connect-timeout} at the longest, or is
	 * interrupted before
	 */
	default void handshakes(Runnable task) {
		io(task);
	}

	/**
	 * Run the end of a socket that was given up. It must not wait behind writes that are
	 * stuck: in a group with a bound they may hold all threads. By default it is a task
	 * of the I/O group.
	 * @param task a task that blocks for some tens of milliseconds
	 */
	default void aborts(Runnable task) {
		io(task);
	}

	/**
	 * Run a task of the listeners group. One connection has at most one at a time.
	 * @param connection the name of the connection, to tell who holds the threads
	 * @param task a task that may block for as long as it likes
	 */
	void listeners(String connection, Runnable task);

	/**
	 * Run a task of the completions group: it completes futures that users hold.
	 * @param task a task that may block for as long as it likes
	 */
	void completions(Runnable task);

	/**
	 * A connection was started: from now on the application must be kept alive, unless
	 * the user does not want that. Balanced by {@link #release()}.
	 */
	void retain();

	/**
	 * A connection was closed.
	 */
	void release();

}
