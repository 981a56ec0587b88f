package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.engine.ManagedConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops all connections with the application, in one phase.
 */
final class ConnectionsLifecycle implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ConnectionsLifecycle.class);

	private final ManagedConnections connections;

	private final int phase;

	private volatile boolean startedBefore;

	private volatile Set<DeferredConnection> ranWhenStopped = Set.of();

	ConnectionsLifecycle(ManagedConnections connections, int phase) {
		this.connections = connections;
		this.phase = phase;
	}

	@Override
	public int getPhase() {
		return this.phase;
	}

	/**
	 * Start the connections that start by themselves and, after a stop, those that ran
	 * when it came. The first time wait for those that must be open.
	 */
	@Override
	public void start() {
		boolean first = !this.startedBefore;
		this.startedBefore = true;
		this.connections.started();
		List<DeferredConnection> starting = this.connections.all().filter(this::startsNow).toList();
		this.ranWhenStopped = Set.of();
		starting.forEach(DeferredConnection::start);
		if (first) {
			awaitFirstOpen(starting);
		}
	}

	private boolean startsNow(DeferredConnection connection) {
		return connection.settings().startup().auto() || this.ranWhenStopped.contains(connection);
	}

	private static void awaitFirstOpen(List<DeferredConnection> starting) {
		long begin = System.nanoTime();
		List<DeferredConnection> failed = new ArrayList<>();
		for (DeferredConnection connection : starting) {
			FirstOpen firstOpen = connection.firstOpen();
			Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
			if (firstOpen != null
					&& !await(firstOpen, connection.settings().handshake().connectTimeout().minus(elapsed))) {
				failed.add(connection);
			}
		}
		if (!failed.isEmpty()) {
			throw ConnectionNotOpenException.of(failed);
		}
	}

	private static boolean await(FirstOpen firstOpen, Duration time) {
		try {
			return firstOpen.await(time);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for WebSocket connections to open", ex);
		}
	}

	/**
	 * Stop and wait.
	 */
	@Override
	public void stop() {
		stopAll().join();
	}

	/**
	 * Stop all in parallel. The callback comes when the last listener has returned, or
	 * when the time for that is over.
	 */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // The callback is the end of it
	public void stop(Runnable callback) {
		stopAll().whenComplete((nothing, failure) -> {
			if (failure != null) {
				logger.warn("WebSocket connections did not stop in order", failure);
			}
			callback.run();
		});
	}

	private CompletableFuture<Void> stopAll() {
		List<DeferredConnection> all = this.connections.stopped();
		this.ranWhenStopped = all.stream()
			.filter((connection) -> connection.state().isActive())
			.collect(Collectors.toUnmodifiableSet());
		return CompletableFuture.allOf(all.stream()
			.filter((connection) -> connection.state() != ConnectionState.IDLE)
			.map(DeferredConnection::managed)
			.map(ManagedConnection::stop)
			.toArray(CompletableFuture[]::new));
	}

	/**
	 * Return whether connections that are opened start, also when there is none.
	 */
	@Override
	public boolean isRunning() {
		return this.connections.isRunning();
	}

}
