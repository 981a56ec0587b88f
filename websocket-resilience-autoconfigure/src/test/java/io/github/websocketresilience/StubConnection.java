package io.github.websocketresilience;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A connection that is whatever a test says it is, for tests of the edges.
 */
public final class StubConnection implements WebSocketConnection {

	private static final ConnectionSnapshot.Amount NOTHING = new ConnectionSnapshot.Amount(0, 0);

	private final ConnectionSettings settings;

	private volatile ConnectionSnapshot snapshot;

	public StubConnection(String name) {
		this(ConnectionSettings.builder(name, URI.create("ws://user:secret@localhost/ws?token=secret")).build());
	}

	public StubConnection(ConnectionSettings settings) {
		this.settings = settings;
		this.snapshot = new ConnectionSnapshot(settings.name(), ConnectionState.IDLE, Instant.EPOCH, null, 0, null,
				ConnectionSettings.withoutSecrets(settings.url()), NOTHING, NOTHING, false, NOTHING, NOTHING, NOTHING,
				null, null, false, 0, null);
	}

	/** Be in a state, having last been open, or having been started, at a time. */
	public void be(ConnectionState state, Instant since, @Nullable Instant notOpenSince) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), state, since, notOpenSince, it.attempt(),
				it.nextAttemptAt(), it.url(), it.queue(), it.log(), it.readingPaused(), it.sent(), it.received(),
				it.discarded(), it.roundTripTime(), it.lastDisconnect(), it.gaveUp(), it.pendingRequests(),
				it.silentSince());
	}

	public void attempt(long attempt, @Nullable Instant nextAttemptAt) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), it.state(), it.since(), it.notOpenSince(), attempt,
				nextAttemptAt, it.url(), it.queue(), it.log(), it.readingPaused(), it.sent(), it.received(),
				it.discarded(), it.roundTripTime(), it.lastDisconnect(), it.gaveUp(), it.pendingRequests(),
				it.silentSince());
	}

	public void disconnected(Disconnect disconnect, boolean gaveUp) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), it.state(), it.since(), it.notOpenSince(), it.attempt(),
				it.nextAttemptAt(), it.url(), it.queue(), it.log(), it.readingPaused(), it.sent(), it.received(),
				it.discarded(), it.roundTripTime(), disconnect, gaveUp, it.pendingRequests(), it.silentSince());
	}

	public void pendingRequests(int pendingRequests) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), it.state(), it.since(), it.notOpenSince(), it.attempt(),
				it.nextAttemptAt(), it.url(), it.queue(), it.log(), it.readingPaused(), it.sent(), it.received(),
				it.discarded(), it.roundTripTime(), it.lastDisconnect(), it.gaveUp(), pendingRequests,
				it.silentSince());
	}

	public void silentSince(@Nullable Instant silentSince) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), it.state(), it.since(), it.notOpenSince(), it.attempt(),
				it.nextAttemptAt(), it.url(), it.queue(), it.log(), it.readingPaused(), it.sent(), it.received(),
				it.discarded(), it.roundTripTime(), it.lastDisconnect(), it.gaveUp(), it.pendingRequests(),
				silentSince);
	}

	public void roundTripTime(Duration roundTripTime) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), it.state(), it.since(), it.notOpenSince(), it.attempt(),
				it.nextAttemptAt(), it.url(), it.queue(), it.log(), it.readingPaused(), it.sent(), it.received(),
				it.discarded(), roundTripTime, it.lastDisconnect(), it.gaveUp(), it.pendingRequests(),
				it.silentSince());
	}

	public void amounts(ConnectionSnapshot.Amount queue, ConnectionSnapshot.Amount log, ConnectionSnapshot.Amount sent,
			ConnectionSnapshot.Amount received) {
		ConnectionSnapshot it = this.snapshot;
		this.snapshot = new ConnectionSnapshot(it.connection(), it.state(), it.since(), it.notOpenSince(), it.attempt(),
				it.nextAttemptAt(), it.url(), queue, log, it.readingPaused(), sent, received, it.discarded(),
				it.roundTripTime(), it.lastDisconnect(), it.gaveUp(), it.pendingRequests(), it.silentSince());
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public ConnectionState state() {
		return this.snapshot.state();
	}

	@Override
	public ConnectionSnapshot snapshot() {
		return this.snapshot;
	}

	@Override
	public ConnectionSettings settings() {
		return this.settings;
	}

	@Override
	public CompletableFuture<Void> send(Message message) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> send(Message message, String key) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value, String key) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Message> request(Object request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void start() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void reconnect() {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<Void> close() {
		throw new UnsupportedOperationException();
	}

}
