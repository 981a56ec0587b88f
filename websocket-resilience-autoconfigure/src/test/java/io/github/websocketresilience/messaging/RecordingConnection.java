package io.github.websocketresilience.messaging;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.WebSocketConnection;
import tools.jackson.databind.json.JsonMapper;

/**
 * A connection that remembers what was sent.
 */
final class RecordingConnection implements WebSocketConnection {

	private final JacksonJsonCodec json = new JacksonJsonCodec(JsonMapper.builder().build());

	private final List<Message> sent = new CopyOnWriteArrayList<>();

	private final StubConnection delegate;

	RecordingConnection(String name) {
		this.delegate = new StubConnection(name);
	}

	RecordingConnection(String name, String group) {
		this.delegate = new StubConnection(
				ConnectionSettings.builder(name, URI.create("ws://localhost/ws")).group(group).build());
	}

	List<Message> sent() {
		return this.sent;
	}

	@Override
	public String name() {
		return this.delegate.name();
	}

	@Override
	public ConnectionState state() {
		return this.delegate.state();
	}

	@Override
	public ConnectionSnapshot snapshot() {
		return this.delegate.snapshot();
	}

	@Override
	public ConnectionSettings settings() {
		return this.delegate.settings();
	}

	@Override
	public CompletableFuture<Void> send(Message message) {
		this.sent.add(message);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public CompletableFuture<Void> send(Message message, String key) {
		return send(message);
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value) {
		return send(this.json.write(value));
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value, String key) {
		return sendJson(value);
	}

	@Override
	public CompletableFuture<Message> request(Object request) {
		return this.delegate.request(request);
	}

	@Override
	public void start() {
		this.delegate.start();
	}

	@Override
	public void reconnect() {
		this.delegate.reconnect();
	}

	@Override
	public CompletableFuture<Void> close() {
		return this.delegate.close();
	}

}
