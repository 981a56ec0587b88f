package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.engine.ManagedConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * All connections that are configured.
 */
final class ManagedConnections implements WebSocketConnections, SmartInitializingSingleton, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ManagedConnections.class);

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final Map<String, DeferredConnection> connections = new LinkedHashMap<>();

	ManagedConnections(List<DeferredConnection> connections) {
		connections.forEach((connection) -> this.connections.put(connection.name(), connection));
	}

	@Override
	public Optional<WebSocketConnection> find(String name) {
		return Optional.ofNullable(this.connections.get(name));
	}

	@Override
	public Iterator<WebSocketConnection> iterator() {
		return Collections.<WebSocketConnection>unmodifiableCollection(this.connections.values()).iterator();
	}

	@Override
	public WebSocketConnection open(String name, Consumer<ConnectionSettings.Builder> settings) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> remove(String name) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Return the connections as the lifecycle needs them.
	 * @return the connections
	 */
	Collection<DeferredConnection> all() {
		return this.connections.values();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.connections.values().forEach(DeferredConnection::managed);
	}

	/**
	 * Close what the lifecycle has not: connections that were never started have messages
	 * in their queue, and those of a context that failed early were not stopped.
	 */
	@Override
	public void destroy() {
		List<DeferredConnection> made = this.connections.values().stream().filter(DeferredConnection::isMade).toList();
		Duration bound = made.stream()
			.map((connection) -> connection.settings().closeTimeout())
			.reduce(GRACE, (left, right) -> (left.compareTo(right) > 0) ? left : right)
			.plus(GRACE);
		await(CompletableFuture.allOf(made.stream()
			.map(DeferredConnection::managed)
			.map(ManagedConnection::stop)
			.toArray(CompletableFuture[]::new)), bound);
	}

	private static void await(CompletableFuture<Void> stopped, Duration bound) {
		try {
			stopped.get(bound.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.warn("WebSocket connections did not close within {}", bound, ex);
		}
	}

}
