package io.github.websocketresilience.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.ManagedConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * The connection that beans are given. The one behind it is made at its first use, at the
 * latest when all singletons exist: so its listeners, which are beans, may be given the
 * connection that calls them.
 */
final class DeferredConnection implements WebSocketConnection {

	private final ConnectionSettings settings;

	private final SingletonSupplier<ManagedConnection> managed;

	private final @Nullable FirstOpen firstOpen;

	private volatile boolean made;

	private volatile boolean retired;

	DeferredConnection(ConnectionSettings settings, @Nullable FirstOpen firstOpen,
			Supplier<ManagedConnection> factory) {
		this.settings = settings;
		this.firstOpen = firstOpen;
		this.managed = SingletonSupplier.of(() -> {
			ManagedConnection connection = factory.get();
			this.made = true;
			return connection;
		});
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public ConnectionSettings settings() {
		return this.settings;
	}

	@Override
	public ConnectionState state() {
		return managed().state();
	}

	@Override
	public ConnectionSnapshot snapshot() {
		return managed().snapshot();
	}

	@Override
	public CompletableFuture<Void> send(Message message) {
		return managed().send(message);
	}

	@Override
	public CompletableFuture<Void> send(Message message, String key) {
		return managed().send(message, key);
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value) {
		return managed().sendJson(value);
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value, String key) {
		return managed().sendJson(value, key);
	}

	@Override
	public CompletableFuture<Message> request(Object request) {
		return managed().request(request);
	}

	/**
	 * Start connecting.
	 * @throws IllegalStateException if it was removed
	 */
	@Override
	@SuppressWarnings("FutureReturnValueIgnored") // Who removed it waits
	public void start() {
		Assert.state(!this.retired, () -> "WebSocket connection '" + name() + "' was removed");
		managed().start();
		if (this.retired) {
			close();
		}
	}

	@Override
	public void reconnect() {
		managed().reconnect();
	}

	@Override
	public CompletableFuture<Void> close() {
		return managed().close();
	}

	@Override
	public String toString() {
		return "WebSocketConnection[" + name() + "]";
	}

	/**
	 * Return the connection behind this one, made now if it was not.
	 * @return the connection
	 */
	ManagedConnection managed() {
		return this.managed.obtain();
	}

	/**
	 * Close for good: nobody would stop it with the application.
	 * @return completes when it is closed and nothing is told of it any more, on a worker
	 * thread
	 */
	CompletableFuture<Void> retire() {
		this.retired = true;
		return managed().retire();
	}

	/**
	 * Return whether there is a connection behind this one that may hold something.
	 * @return whether it was made
	 */
	boolean isMade() {
		return this.made;
	}

	/**
	 * Return who waits for the first OPEN.
	 * @return who waits, or {@code null} if startup does not wait for this connection
	 */
	@Nullable FirstOpen firstOpen() {
		return this.firstOpen;
	}

}
