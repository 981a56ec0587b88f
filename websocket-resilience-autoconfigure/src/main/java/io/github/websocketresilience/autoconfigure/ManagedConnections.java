package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
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
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.InvalidSettingException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.engine.ManagedConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.Assert;

/**
 * All connections: those that are configured, and those that are opened at run time.
 */
final class ManagedConnections implements WebSocketConnections, SmartInitializingSingleton, DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ManagedConnections.class);

	private static final Duration GRACE = Duration.ofSeconds(2);

	private final Map<String, DeferredConnection> configured = new LinkedHashMap<>();

	private final DynamicConnections dynamic = new DynamicConnections();

	private final WebSocketSettings settings;

	private final ConnectionFactory factory;

	private volatile boolean beansAreThere;

	ManagedConnections(List<DeferredConnection> configured, WebSocketSettings settings, ConnectionFactory factory) {
		configured
			.forEach((connection) -> this.configured.put(ConnectionNames.distinct(connection.name()), connection));
		this.settings = settings;
		this.factory = factory;
	}

	@Override
	public Optional<WebSocketConnection> find(String name) {
		return Optional.ofNullable(this.configured.get(ConnectionNames.distinct(name)))
			.filter((connection) -> connection.name().equals(name))
			.or(() -> this.dynamic.find(name))
			.map((connection) -> connection);
	}

	/**
	 * Iterates over the configured ones in their order, then over the others. Does not
	 * fail when others come and go meanwhile, and may or may not see that.
	 */
	@Override
	public Iterator<WebSocketConnection> iterator() {
		return all().<WebSocketConnection>map((connection) -> connection).iterator();
	}

	@Override
	public WebSocketConnection open(String name, Consumer<ConnectionSettings.Builder> settings) {
		String distinct = ConnectionNames.distinct(name);
		if (distinct.isEmpty()) {
			throw new InvalidSettingException("name", name, "hold a letter or a digit");
		}
		Assert.state(!this.configured.containsKey(distinct), () -> DynamicConnections.alreadyThere(name));
		// Before anything is made that nobody would destroy, or that observers hear of
		this.dynamic.reserve(name);
		try {
			ConnectionSettings.Builder builder = this.settings.builder(name);
			settings.accept(builder);
			DeferredConnection connection = this.factory.dynamic(builder.build());
			if (this.beansAreThere) {
				connection.managed();
			}
			this.dynamic.add(connection);
			return connection;
		}
		finally {
			this.dynamic.release(name);
		}
	}

	@Override
	public CompletableFuture<Void> remove(String name) {
		return this.dynamic.remove(name);
	}

	/**
	 * Return the connections as the lifecycle needs them.
	 * @return the connections
	 */
	Stream<DeferredConnection> all() {
		return Stream.concat(this.configured.values().stream(), this.dynamic.stream());
	}

	/**
	 * From now on a connection that is opened starts.
	 */
	void started() {
		this.beansAreThere = true;
		this.dynamic.started();
	}

	/**
	 * From now on no connection can be opened.
	 * @return all connections, also those that were removed and are not yet closed
	 */
	List<DeferredConnection> stopped() {
		this.dynamic.stopped();
		return Stream.concat(this.configured.values().stream(), this.dynamic.streamWithLeaving()).toList();
	}

	boolean isRunning() {
		return this.dynamic.isRunning();
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.beansAreThere = true;
		all().forEach(DeferredConnection::managed);
	}

	/**
	 * Close what the lifecycle has not: connections that were never started have messages
	 * in their queue, and those of a context that failed early were not stopped.
	 */
	@Override
	public void destroy() {
		List<DeferredConnection> made = stopped().stream().filter(DeferredConnection::isMade).toList();
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
