package io.github.websocketresilience.autoconfigure;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * The connections that are opened and removed at run time. Those opened before the
 * application has started start with it; after its stop none is opened.
 */
final class DynamicConnections {

	private final Map<String, DeferredConnection> connections = new ConcurrentHashMap<>();

	/** Removed, and not yet forgotten. */
	private final Map<String, DeferredConnection> leaving = new ConcurrentHashMap<>();

	/** Names of those that are being made. */
	private final Set<String> reserved = ConcurrentHashMap.newKeySet();

	/** Taken for reading by all that open, for writing by the few that start and stop. */
	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private volatile Stage stage = Stage.NOT_STARTED;

	/**
	 * Keep a name for a connection that is being made.
	 * @param name the name, to be released in the end
	 * @throws IllegalStateException if there is one of that name, or the application has
	 * stopped
	 */
	void reserve(String name) {
		checkNotStopped(name);
		this.connections.compute(ConnectionNames.distinct(name), (distinct, other) -> {
			Assert.state(!this.leaving.containsKey(distinct), () -> "WebSocket connection '" + name
					+ "' is still being removed: wait for the future of its removal");
			Assert.state(other == null && this.reserved.add(distinct), () -> alreadyThere(name));
			return null;
		});
	}

	void release(String name) {
		this.reserved.remove(ConnectionNames.distinct(name));
	}

	/**
	 * Add a connection whose name is reserved. Starts it if the application runs and the
	 * connection starts by itself.
	 * @param connection the connection
	 * @throws IllegalStateException if the application has stopped
	 */
	void add(DeferredConnection connection) {
		this.lock.readLock().lock();
		try {
			checkNotStopped(connection.name());
			this.connections.put(ConnectionNames.distinct(connection.name()), connection);
			if (this.stage == Stage.RUNNING && connection.settings().startup().auto()) {
				connection.start();
			}
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	private void checkNotStopped(String name) {
		Assert.state(this.stage != Stage.STOPPED,
				() -> "WebSocket connection '" + name + "' cannot be opened: the application has stopped");
	}

	Optional<DeferredConnection> find(String name) {
		return Optional.ofNullable(this.connections.get(ConnectionNames.distinct(name)))
			.filter((connection) -> connection.name().equals(name));
	}

	/**
	 * Close a connection and forget it.
	 * @param name its name, free again at the end
	 * @return completes when nothing is told of it any more, on a worker thread
	 * @throws IllegalArgumentException if there is none of that name
	 */
	CompletableFuture<Void> remove(String name) {
		String distinct = ConnectionNames.distinct(name);
		DeferredConnection connection = find(name).orElseThrow(() -> notThere(name));
		this.lock.readLock().lock();
		try {
			// Marked first, so that the name is never free in between
			if (this.leaving.putIfAbsent(distinct, connection) != null) {
				throw notThere(name);
			}
			if (!this.connections.remove(distinct, connection)) {
				this.leaving.remove(distinct, connection);
				throw notThere(name);
			}
		}
		finally {
			this.lock.readLock().unlock();
		}
		return connection.retire().whenComplete((nothing, failure) -> this.leaving.remove(distinct, connection));
	}

	Stream<DeferredConnection> stream() {
		return this.connections.values().stream();
	}

	/**
	 * Return what has to be closed with the application.
	 * @return also those that were removed and are not yet closed
	 */
	Stream<DeferredConnection> streamWithLeaving() {
		return Stream.concat(stream(), this.leaving.values().stream());
	}

	boolean isRunning() {
		return this.stage == Stage.RUNNING;
	}

	/**
	 * From now on a connection that is added starts.
	 */
	void started() {
		become(Stage.RUNNING);
	}

	/**
	 * From now on no connection can be added. When this returns, all that were added can
	 * be seen.
	 */
	void stopped() {
		become(Stage.STOPPED);
	}

	static String alreadyThere(String name) {
		return "There is already a WebSocket connection named '" + name + "', or one whose name differs in dashes only";
	}

	private void become(Stage next) {
		this.lock.writeLock().lock();
		try {
			this.stage = next;
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private static IllegalArgumentException notThere(String name) {
		return new IllegalArgumentException("no WebSocket connection named '" + name + "' was opened at run time");
	}

	/**
	 * What the application is doing.
	 */
	private enum Stage {

		NOT_STARTED, RUNNING, STOPPED

	}

}
