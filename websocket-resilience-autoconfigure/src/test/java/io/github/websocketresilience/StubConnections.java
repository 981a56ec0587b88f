package io.github.websocketresilience;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Connections that a test made by hand.
 */
public final class StubConnections implements WebSocketConnections {

	private final List<WebSocketConnection> connections;

	public StubConnections(WebSocketConnection... connections) {
		this.connections = new CopyOnWriteArrayList<>(connections);
	}

	public void add(WebSocketConnection connection) {
		this.connections.add(connection);
	}

	@Override
	public WebSocketConnection open(String name, Consumer<ConnectionSettings.Builder> settings) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> remove(String name) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Optional<WebSocketConnection> find(String name) {
		return this.connections.stream().filter((it) -> it.name().equals(name)).findFirst();
	}

	@Override
	public Iterator<WebSocketConnection> iterator() {
		return this.connections.iterator();
	}

}
