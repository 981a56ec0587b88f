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

	private ConnectionState state = ConnectionState.IDLE;

	private Instant since = Instant.EPOCH;

	private @Nullable Instant notOpenSince;

	private long attempt;

	private @Nullable Instant nextAttemptAt;

	private ConnectionSnapshot.Amount queue = NOTHING;

	private ConnectionSnapshot.Amount log = NOTHING;

	private boolean readingPaused;

	private ConnectionSnapshot.Amount sent = NOTHING;

	private ConnectionSnapshot.Amount received = NOTHING;

	private ConnectionSnapshot.Amount discarded = NOTHING;

	private @Nullable Duration roundTripTime;

	private @Nullable Disconnect lastDisconnect;

	private boolean gaveUp;

	private int pendingRequests;

	private @Nullable Instant silentSince;

	private @Nullable Instant lastMessageAt;

	private ConnectionSnapshot.Listening listening = new ConnectionSnapshot.Listening(0, Duration.ZERO);

	public StubConnection(String name) {
		this(ConnectionSettings.builder(name, URI.create("ws://user:secret@localhost/ws?token=secret")).build());
	}

	public StubConnection(ConnectionSettings settings) {
		this.settings = settings;
		this.snapshot = take();
	}

	private ConnectionSnapshot take() {
		return new ConnectionSnapshot(this.settings.name(), this.state, this.since, this.notOpenSince, this.attempt,
				this.nextAttemptAt, ConnectionSettings.withoutSecrets(this.settings.url()), this.queue, this.log,
				this.readingPaused, this.sent, this.received, this.discarded, this.roundTripTime, this.lastDisconnect,
				this.gaveUp, this.pendingRequests, this.silentSince, this.lastMessageAt, this.listening);
	}

	/** Be in a state, having last been open, or having been started, at a time. */
	public void be(ConnectionState state, Instant since, @Nullable Instant notOpenSince) {
		this.state = state;
		this.since = since;
		this.notOpenSince = notOpenSince;
		this.snapshot = take();
	}

	public void attempt(long attempt, @Nullable Instant nextAttemptAt) {
		this.attempt = attempt;
		this.nextAttemptAt = nextAttemptAt;
		this.snapshot = take();
	}

	public void disconnected(Disconnect disconnect, boolean gaveUp) {
		this.lastDisconnect = disconnect;
		this.gaveUp = gaveUp;
		this.snapshot = take();
	}

	public void pendingRequests(int pendingRequests) {
		this.pendingRequests = pendingRequests;
		this.snapshot = take();
	}

	public void readingPaused(boolean readingPaused) {
		this.readingPaused = readingPaused;
		this.snapshot = take();
	}

	public void silentSince(@Nullable Instant silentSince) {
		this.silentSince = silentSince;
		this.snapshot = take();
	}

	public void lastMessageAt(@Nullable Instant lastMessageAt) {
		this.lastMessageAt = lastMessageAt;
		this.snapshot = take();
	}

	public void roundTripTime(Duration roundTripTime) {
		this.roundTripTime = roundTripTime;
		this.snapshot = take();
	}

	public void listening(long messages, Duration time) {
		this.listening = new ConnectionSnapshot.Listening(messages, time);
		this.snapshot = take();
	}

	public void amounts(ConnectionSnapshot.Amount queue, ConnectionSnapshot.Amount log, ConnectionSnapshot.Amount sent,
			ConnectionSnapshot.Amount received) {
		this.queue = queue;
		this.log = log;
		this.sent = sent;
		this.received = received;
		this.snapshot = take();
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
