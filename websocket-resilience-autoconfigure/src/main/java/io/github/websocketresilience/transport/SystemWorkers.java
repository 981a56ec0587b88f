package io.github.websocketresilience.transport;

import java.util.concurrent.Executor;

import io.github.websocketresilience.engine.Time;
import io.github.websocketresilience.engine.Workers;

/**
 * The real threads, shared by all connections, in groups that cannot starve each other:
 * {@code ws-io-N}, {@code ws-listener-N}, {@code ws-completion-N} and, for giving sockets
 * up while all I/O threads are stuck in writes, {@code ws-abort-N}. Virtual threads when
 * asked for and the JVM has them (21 and later), else platform threads that end when
 * idle. None is there before it is needed.
 */
public final class SystemWorkers implements Workers, AutoCloseable {

	private static final int VIRTUAL_SINCE = 21;

	private final WorkerGroup io;

	private final Executor handshakes;

	private final WorkerGroup aborts;

	private final ListenerGroup listeners;

	private final WorkerGroup completions;

	private final KeepAlive keepAlive = new KeepAlive();

	private final boolean keepsAlive;

	/**
	 * Create the groups.
	 * @param time judges whether listeners are stuck
	 * @param ioThreads the most platform threads for I/O; handshakes get half of them
	 * @param listenerThreads the most platform threads for listeners, and as many for
	 * completions
	 * @param virtualThreads whether to use virtual threads where the JVM has them
	 * @param keepAlive whether a started connection keeps the JVM alive
	 */
	public SystemWorkers(Time time, int ioThreads, int listenerThreads, boolean virtualThreads, boolean keepAlive) {
		boolean virtual = virtualThreads && Runtime.version().feature() >= VIRTUAL_SINCE;
		this.io = group("ws-io", ioThreads, virtual);
		this.handshakes = virtual ? this.io : new Share(this.io, Math.max(1, ioThreads / 2));
		this.aborts = group("ws-abort", Math.max(1, ioThreads / 4), virtual);
		this.listeners = new ListenerGroup(group("ws-listener", listenerThreads, virtual),
				virtual ? Integer.MAX_VALUE : listenerThreads, time);
		this.completions = group("ws-completion", listenerThreads, virtual);
		this.keepsAlive = keepAlive;
	}

	@Override
	public void io(Runnable task) {
		this.io.execute(task);
	}

	/**
	 * At most half of the I/O threads run one.
	 */
	@Override
	public void handshakes(Runnable task) {
		this.handshakes.execute(task);
	}

	/**
	 * In a group of its own.
	 */
	@Override
	public void aborts(Runnable task) {
		this.aborts.execute(task);
	}

	@Override
	public void listeners(String connection, Runnable task) {
		this.listeners.execute(connection, task);
	}

	@Override
	public void completions(Runnable task) {
		this.completions.execute(task);
	}

	@Override
	public void retain() {
		if (this.keepsAlive) {
			this.keepAlive.retain();
		}
	}

	@Override
	public void release() {
		if (this.keepsAlive) {
			this.keepAlive.release();
		}
	}

	/**
	 * End all threads once what was accepted has run. What comes later does not run, but
	 * for completions: users may hold futures of what ends after us, and may still send.
	 */
	@Override
	public void close() {
		this.keepAlive.releaseAll();
		this.io.close();
		this.aborts.close();
		this.listeners.close();
		this.completions.retire();
	}

	private static WorkerGroup group(String name, int limit, boolean virtual) {
		return virtual ? WorkerGroup.virtual(name) : WorkerGroup.platform(name, limit);
	}

}
