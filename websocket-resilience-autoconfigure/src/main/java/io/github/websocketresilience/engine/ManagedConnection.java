package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.websocketresilience.CloseCode;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one connection, and its only entry.
 * <p>
 * Everything that can change what the connection is doing is a task of one
 * {@link SerialExecutor}: calls of users, callbacks of the transport, timers. Such a task
 * asks the current {@link Phase}, which owns the resources of what it does;
 * {@link #become} is the only writer of the phase and releases the old one's before the
 * new one acquires its own. So two live sockets or an orphan timer are not bugs that can
 * be written.
 * <p>
 * Messages do not pass through here. Outbound they wait in an {@link OutboundQueue} that
 * one {@link Writer} at a time drains; inbound the reader offers them to the
 * {@link Segment} of its socket in the {@link DeliveryLog}, which also holds the events,
 * so listeners see one order.
 */
public final class ManagedConnection implements WebSocketConnection {

	static final int GOING_AWAY = CloseCode.GOING_AWAY.code();

	private final ConnectionSettings settings;

	private final Ports ports;

	private final Hooks hooks;

	private final SerialExecutor serial = new SerialExecutor(this::internalFailure);

	private final Counters counters = new Counters();

	private final AtomicLong stale = new AtomicLong();

	private final Observers observers;

	private final Journal journal;

	private final Discards discards;

	private final Outbound outbound;

	private final Requests requests;

	private final DeliveryLog log;

	private final Farewell farewell;

	private final ReconnectJudge judge;

	private final ReplyMatcher replies;

	private final Addresses addresses;

	private Phase phase;

	private long run;

	private long attempts;

	private volatile @Nullable Duration roundTripTime;

	private volatile @Nullable Silence silence;

	/**
	 * Create a connection that is {@link ConnectionState#IDLE}.
	 * @param settings what was asked for
	 * @param ports the outside world
	 * @param hooks the code of others
	 * @throws io.github.websocketresilience.InvalidSettingException if replies are to be
	 * recognised in JSON and nothing here reads JSON
	 */
	public ManagedConnection(ConnectionSettings settings, Ports ports, Hooks hooks) {
		this.settings = settings;
		this.ports = ports;
		this.hooks = hooks;
		this.replies = new ReplyMatcher(settings.heartbeat().reply(), hooks.json());
		this.addresses = new Addresses(settings, hooks.addresses());
		Completions completions = new Completions(ports.workers());
		this.observers = new Observers(hooks.observers(), ports.workers(), completions);
		this.journal = new Journal(settings.name(), ports.time(), this.observers::tell, this::appendToLog);
		this.discards = new Discards(ports.time(), this.serial, this.journal);
		this.log = new DeliveryLog(settings.inbound(),
				new Deliverer(this, hooks, ports.workers(), completions, this::listenerFailed), this.discards,
				ports.time());
		this.outbound = new Outbound(this, completions, this.discards, this.counters);
		this.requests = new Requests(this, completions, this.outbound);
		this.farewell = new Farewell(this, completions, this.log);
		this.judge = new ReconnectJudge(settings, ports.time(), hooks, this.journal, this.addresses);
		this.phase = new IdlePhase(this);
		this.serial.execute(() -> this.outbound.moveGate(this.phase.gate(), this.run));
		this.observers.added(this);
	}

	@Override
	public String name() {
		return this.settings.name();
	}

	@Override
	public ConnectionState state() {
		return this.journal.view().state();
	}

	@Override
	public ConnectionSettings settings() {
		return this.settings;
	}

	@Override
	public ConnectionSnapshot snapshot() {
		Journal.View view = this.journal.view();
		Silence judge = this.silence;
		String url = (view.url() != null) ? view.url() : ConnectionSettings.withoutSecrets(this.settings.url());
		return new ConnectionSnapshot(name(), view.state(), view.since(), view.notOpenSince(), view.attempt(),
				view.nextAttemptAt(), url, this.outbound.size(), this.log.size(), this.log.isReadingPaused(),
				this.counters.sent(), this.counters.received(), this.discards.total(), this.roundTripTime,
				view.lastDisconnect(), view.gaveUp(), this.requests.size(), (judge != null) ? judge.since() : null,
				lastMessageAt(), this.log.listening());
	}

	private @Nullable Instant lastMessageAt() {
		Amount received = this.counters.received();
		long ago = this.ports.time().nanoTime() - this.counters.lastReceivedAt();
		return (received.messages() > 0) ? this.ports.time().now().minusNanos(Math.max(0, ago)) : null;
	}

	@Override
	public CompletableFuture<Void> send(Message message) {
		return this.outbound.offer(message, null);
	}

	@Override
	public CompletableFuture<Void> send(Message message, String key) {
		return this.outbound.offer(message, Objects.requireNonNull(key, "'key' must not be null"));
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value) {
		return send(json(value));
	}

	@Override
	public CompletableFuture<Void> sendJson(Object value, String key) {
		return send(json(value), key);
	}

	private Message json(Object value) {
		JsonCodec codec = this.hooks.json();
		if (codec == null) {
			throw new IllegalStateException("connection '" + name() + "' needs Jackson on the class path for JSON");
		}
		return new Message.Text(codec.write(value));
	}

	@Override
	public CompletableFuture<Message> request(Object request) {
		return this.requests.send(request);
	}

	@Override
	public void start() {
		submit(Phase::start);
	}

	@Override
	public void reconnect() {
		submit(Phase::reconnect);
	}

	@Override
	public CompletableFuture<Void> close() {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		this.serial.execute(() -> {
			this.farewell.expect(closed);
			this.phase.close();
			this.farewell.begun();
		});
		return closed;
	}

	/**
	 * Replace the socket at a moment drawn from one jittered {@code max-delay}, when
	 * nothing is being written: what it was made with is out of date. So all connections
	 * that are told at once do not come back at once. Does nothing unless connecting or
	 * open: later attempts are made with what is new.
	 */
	public void renew() {
		submit(Phase::renew);
	}

	/**
	 * Close, and wait for the listeners too: until the last call has returned or the
	 * delivery deadline, {@code close-timeout} after the close began, is over. Then wait
	 * for the writer, which ends at most a second after the close: what it holds is told
	 * its fate. For the lifecycle of the application; a listener must not wait for it.
	 * @return completes on a worker thread
	 */
	public CompletableFuture<Void> stop() {
		return close().thenCompose((closed) -> this.log.delivered())
			.thenCompose((delivered) -> this.outbound.writerReturned());
	}

	/**
	 * Close for good. When the connection is closed and its listeners are done, or their
	 * time is over, observers forget it.
	 * @return completes when all that is done, on a worker thread; a listener must not
	 * wait for it
	 */
	public CompletableFuture<Void> retire() {
		return stop().thenCompose((stopped) -> this.observers.remove(this));
	}

	/**
	 * Enter a phase. The only writer of the phase.
	 */
	void become(Phase next) {
		this.serial.assertInside();
		Phase old = this.phase;
		this.phase = next;
		old.leave(next);
		this.outbound.moveGate(next.gate(), this.run);
		next.announce();
		next.enter();
		this.phase.pump();
	}

	/**
	 * Begin a new run.
	 */
	void begin() {
		this.run++;
		this.attempts = 0;
		this.addresses.begin();
		this.farewell.revoke();
		this.discards.begin();
		this.journal.begin();
		this.ports.workers().retain();
		become(new ConnectingPhase(this));
		this.requests.begun();
	}

	/**
	 * The run has ended.
	 */
	void end() {
		this.judge.reset();
		this.requests.closed();
		if (this.run > 0) {
			this.ports.workers().release();
		}
		this.farewell.closed();
	}

	void judge(Disconnect why, boolean stable) {
		ConnectionAttempt attempt = this.phase.attempt();
		Optional<Duration> delay = this.judge.judge(why, stable, attempt != null && attempt.isCustomized());
		this.addresses.ended(why, stable);
		become(delay.isPresent() ? new WaitingPhase(this, why, delay.get()) : new ClosedPhase(this, why));
	}

	/**
	 * Let a writer drain the queue to a socket, unless one is running.
	 */
	Outbound.Pumped pumpTo(ConnectionAttempt attempt, Transport.Socket socket) {
		return this.outbound.pumpTo(attempt, socket, this.run);
	}

	/**
	 * A writer has ended, of whatever attempt: rule zero does not apply to its return,
	 * but to what it says of its socket.
	 */
	void writerDone(ConnectionAttempt attempt, @Nullable Disconnect failure) {
		if (failure != null) {
			this.phase.ended(attempt, failure);
		}
		this.phase.pump();
	}

	/**
	 * End a socket: its writer takes nothing more, its segment takes nothing more, and
	 * then its end is told.
	 */
	void endSocket(ConnectionAttempt attempt, Transport.Socket socket, Disconnect why) {
		attempt.disown();
		contain(() -> socket.abort(GOING_AWAY));
		attempt.segment().seal();
		this.requests.ended(attempt);
		this.journal.disconnected(why, true);
	}

	/**
	 * Call a port that must not throw. If it does all the same, the change of phase that
	 * is under way must not stop half-way.
	 */
	@Nullable Disconnect contain(Runnable call) {
		try {
			call.run();
			return null;
		}
		catch (Throwable ex) {
			impossible("the transport threw", ex);
			return Disconnect.of(Disconnect.Kind.INTERNAL_ERROR, "internal error").causedBy(ex);
		}
	}

	void answered(Duration roundTrip) {
		this.roundTripTime = roundTrip;
		this.journal.heartbeatAnswered(roundTrip);
	}

	/**
	 * Somebody judges silence from now on, or nobody does.
	 */
	void judgesSilence(@Nullable Silence judge) {
		this.silence = judge;
	}

	void pump() {
		this.phase.pump();
	}

	/**
	 * Tell what was discarded before the connection closes: nothing follows that.
	 */
	void tellDiscards() {
		this.discards.flush();
	}

	void submit(Consumer<Phase> input) {
		this.serial.execute(() -> input.accept(this.phase));
	}

	void submit(Runnable task) {
		this.serial.execute(task);
	}

	private void appendToLog(ConnectionEvent event) {
		this.log.append(event);
	}

	private void listenerFailed(Deliverer.Failure failure) {
		this.serial.execute(() -> this.journal.listenerFailed(failure));
	}

	void impossible(String text, @Nullable Throwable failure) {
		this.journal.internalError(text, failure);
	}

	/**
	 * A task of the executor threw: a bug of ours or of a port. The socket pays for it,
	 * the connection goes on.
	 */
	private void internalFailure(Throwable failure) {
		impossible("a task of connection '" + name() + "' failed", failure);
		ConnectionAttempt attempt = this.phase.attempt();
		if (attempt != null) {
			try {
				this.phase.ended(attempt,
						Disconnect.of(Disconnect.Kind.INTERNAL_ERROR, "internal error").causedBy(failure));
			}
			catch (Throwable ex) {
				impossible("connection '" + name() + "' could not recover", ex);
			}
		}
	}

	ConnectionAttempt newAttempt() {
		return new ConnectionAttempt(this, ++this.attempts);
	}

	Timer newTimer(String name, Runnable task) {
		return new Timer(name, this.ports.time(), this.serial, task);
	}

	boolean isRejectingWhenDisconnected() {
		return this.settings.outbound().whenDisconnected() == WhenDisconnected.REJECT;
	}

	@Nullable Disconnect lastDisconnect() {
		return this.journal.view().lastDisconnect();
	}

	Addresses addresses() {
		return this.addresses;
	}

	SerialExecutor serial() {
		return this.serial;
	}

	Journal journal() {
		return this.journal;
	}

	Hooks hooks() {
		return this.hooks;
	}

	Time time() {
		return this.ports.time();
	}

	Workers workers() {
		return this.ports.workers();
	}

	Transport transport() {
		return this.ports.transport();
	}

	Counters counters() {
		return this.counters;
	}

	DeliveryLog log() {
		return this.log;
	}

	ReconnectJudge judge() {
		return this.judge;
	}

	Requests requests() {
		return this.requests;
	}

	boolean isClosed() {
		return this.phase instanceof ClosedPhase;
	}

	ReplyMatcher replies() {
		return this.replies;
	}

	@Nullable Writer writer() {
		return this.outbound.writer();
	}

	void countStale() {
		this.stale.incrementAndGet();
	}

	long stale() {
		return this.stale.get();
	}

	boolean inExecutor() {
		return this.serial.isInside();
	}

	boolean idle() {
		return this.serial.isIdle();
	}

	Amount inbound() {
		return this.log.inbound();
	}

	int waitingEvents() {
		return this.log.waitingEvents();
	}

	Amount writing() {
		return this.outbound.queue().held();
	}

	int control() {
		ConnectionAttempt attempt = this.phase.attempt();
		return (attempt != null) ? attempt.lane().waitingControl() : 0;
	}

	long discarded(DiscardReason reason) {
		return this.discards.count(reason);
	}

	int failures() {
		return this.judge.failures();
	}

}
