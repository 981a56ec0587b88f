package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.FaultScript.Fault;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.jspecify.annotations.Nullable;

/**
 * One life of a connection, drawn from a seed: its settings, the faults of its network,
 * what its user does, and which of all that could happen next happens next. The
 * invariants are checked after every step. In the end the network is healed and the
 * connection must open, drain and close in time.
 */
final class Simulation {

	static final String DELIVERY_DEADLINE = "delivery deadline";

	private static final int MOST_BLOCKED = 4;

	private static final int RARE = 50;

	// Longer than what is left of the old sockets.
	private static final long LONGEST_FEED = 2000 * Script.MS;

	private final long seed;

	private final SplittableRandom random;

	private final ConnectionSettings settings;

	private final SimulatedWorld world;

	private final FaultScript faults;

	private final String swarm;

	private final Trace trace;

	private final DeliveryOrder order = new DeliveryOrder();

	private final List<ConnectionEvent> observed = new ArrayList<>();

	private final SimulatedUser user;

	private final RecordingPolicy policy;

	private final ManagedConnection connection;

	private final List<Integer> runs = new ArrayList<>();

	private final List<Invariant> invariants = Invariants.all();

	private final int steps;

	private final int actEvery;

	private @Nullable Throwable failure;

	private boolean healed;

	private int stepsLeft;

	private final List<Long> wakeUps = new ArrayList<>();

	private @Nullable SimulatedThread onThread;

	private @Nullable ConnectionSnapshot snapshot;

	Simulation(long seed) {
		this.seed = seed;
		this.random = new SplittableRandom(seed);
		this.settings = new SimulatedSettings(this.random.split()).draw();
		this.world = SimulatedWorld.of(this.random.nextLong());
		this.faults = new FaultScript(this.random.split(), this.settings);
		this.swarm = this.faults.toString();
		this.world.network().otherwise(this::script);
		this.trace = new Trace(this.world.time());
		this.user = new SimulatedUser(this, this.random.split(), this.order);
		this.world.network().requesters(this.user.requests());
		this.policy = new RecordingPolicy(this, this.random);
		this.connection = new ManagedConnection(this.settings, this.world.ports(), new Hooks(this.policy,
				List.of(this::customize), List.of(this.user), List.of(this::observe), List.of(), new FlatJson()));
		this.actEvery = (this.random.nextInt(3) == 0) ? 2 : 10;
		this.steps = 100 + this.random.nextInt(500);
	}

	/**
	 * Run to the end.
	 * @return the trace
	 * @throws AssertionError if an invariant does not hold; its message has the seed
	 */
	Trace run() {
		try {
			this.stepsLeft = this.steps;
			while (this.stepsLeft > 0) {
				step();
				rethrow();
			}
			new Healing(this).run();
			rethrow();
		}
		catch (Throwable thrown) {
			Throwable ex = (this.failure != null) ? this.failure : thrown;
			throw new AssertionError("seed " + this.seed + ": " + ex.getMessage() + System.lineSeparator()
					+ "settings: " + this.settings + System.lineSeparator() + "faults: " + this.swarm
					+ System.lineSeparator() + this.trace.last(50), ex);
		}
		return this.trace;
	}

	private void rethrow() throws Throwable {
		if (this.failure != null) {
			throw this.failure;
		}
	}

	/**
	 * Note what is wrong. The engine contains what user code throws, so it is thrown
	 * later.
	 */
	void guard(Runnable check) {
		try {
			check.run();
		}
		catch (Throwable ex) {
			fail(ex);
		}
	}

	private void fail(Throwable ex) {
		if (this.failure == null) {
			this.failure = ex;
			this.trace.add("FAILS: " + ex.getMessage());
		}
		this.stepsLeft = 0;
	}

	/**
	 * Let one thing happen, then check the invariants.
	 */
	void step() {
		SimulatedThread outer = this.onThread;
		this.onThread = null;
		this.stepsLeft--;
		try {
			this.snapshot = null;
			this.world.workers().aside(this::choose);
			this.snapshot = null;
			check();
		}
		catch (Throwable ex) {
			fail(ex);
		}
		finally {
			this.onThread = outer;
		}
	}

	private void check() {
		for (Invariant invariant : this.invariants) {
			if (!invariant.isExact() || !this.world.time().wasStalled()) {
				invariant.check(this);
			}
		}
	}

	private void choose() {
		SimulatedTime time = this.world.time();
		int timers = (time.hasFired() || time.isDue()) ? 3 : 0;
		int tasks = this.world.workers().pending();
		int events = this.world.network().ready();
		int acts = (!this.healed && this.random.nextInt(this.actEvery) == 0) ? 1 : 0;
		int choices = timers + tasks + events + acts;
		boolean slow = !this.healed && timers == 0 && this.faults.strikes(Fault.SLOW_MACHINE);
		int choice = (choices > 0) ? this.random.nextInt(choices) : -1;
		if (!this.healed && this.faults.strikes(Fault.STALL) && this.random.nextInt(RARE) == 0) {
			time.stall(this.faults.stall());
			this.trace.add("this process was stopped");
		}
		else if (choices == 0 || slow) {
			pass(choices > 0);
		}
		else if (choice < timers) {
			timer();
		}
		else if (choice < timers + tasks) {
			task(choice - timers);
		}
		else if (choice < timers + tasks + events) {
			SimulatedThread thread = this.world.network().ready(choice - timers - tasks);
			this.trace.add(thread.next());
			this.onThread = thread;
			thread.run();
		}
		else {
			this.trace.add("user " + this.user.act());
		}
	}

	private void timer() {
		SimulatedTime time = this.world.time();
		boolean fires = time.isDue() && (!time.hasFired() || this.random.nextBoolean());
		if (fires) {
			this.trace.add("timer '" + time.fire() + "' fires");
			return;
		}
		this.trace.add("timer '" + time.fired() + "' runs");
		if (time.fired().equals(DELIVERY_DEADLINE) && this.connection.waitingEvents() > 0) {
			this.order.skip();
		}
		boolean looks = time.fired().equals("heartbeat") && !time.isFiredCancelled();
		if (looks || time.fired().equals("silence")) {
			looked(looks);
		}
		time.runFired();
	}

	private void looked(boolean certainly) {
		this.world.network().attempts().forEach((attempt) -> attempt.socket().vitals().looked(certainly));
	}

	private void task(int index) {
		this.trace.add("task of " + this.world.workers().groupOf(index));
		this.world.workers().run(index);
	}

	/**
	 * Let time pass: to the next thing that happens by itself, or a part of the way. On a
	 * slow machine it passes though something is ready, but neither timers nor what the
	 * network has promised are late.
	 */
	private void pass(boolean late) {
		SimulatedNetwork network = this.world.network();
		long next = Math.min(this.world.time().nextAt(), late ? network.punctualAt() : network.nextAt());
		for (long wakeUp : this.wakeUps) {
			next = (wakeUp > now()) ? Math.min(next, wakeUp) : next;
		}
		if (next == SimulatedTime.NEVER || late) {
			next = Math.min(next, now() + 20 * Script.MS);
		}
		long distance = next - now();
		if (distance > 0 && (late || this.random.nextInt(3) == 0)) {
			distance = this.random.nextLong(distance + 1);
		}
		if (distance >= 0) {
			this.world.time().moveTo(now() + distance);
			this.trace.add("time passes");
		}
	}

	/**
	 * Block the calling listener or completion while everything else goes on.
	 * @param nanos how long at most
	 * @param done ends it early
	 */
	void block(long nanos, BooleanSupplier done) {
		if (this.wakeUps.size() >= MOST_BLOCKED) {
			return;
		}
		this.trace.add("user code blocks");
		SimulatedSocket unread = socketReadHere();
		if (unread != null) {
			unread.readerLeaves();
		}
		this.snapshot = null;
		guard(this::check);
		Long until = now() + nanos;
		this.wakeUps.add(until);
		while (this.stepsLeft > 0 && now() < until && !done.getAsBoolean()) {
			step();
		}
		this.wakeUps.remove(until);
		if (unread != null) {
			unread.readerReturns();
		}
		this.trace.add("user code goes on");
	}

	/**
	 * Return the socket whose reader is calling, {@code null} if it is somebody else.
	 */
	@Nullable SimulatedSocket socketReadHere() {
		SimulatedThread thread = this.onThread;
		if (thread == null) {
			return null;
		}
		for (SimulatedAttempt attempt : this.world.network().attempts()) {
			if (attempt.socket().isReadBy(thread)) {
				return attempt.socket();
			}
		}
		return null;
	}

	private Script script() {
		this.runs.add(this.world.workers().runs());
		Script script = this.healed ? healthy() : this.faults.get();
		String replyId = this.settings.request().replyId();
		script.replyId = (replyId != null) ? replyId : script.replyId;
		return script;
	}

	/**
	 * Return a healthy server, whose feed is not silent if that would end the socket.
	 */
	private Script healthy() {
		Script script = new Script();
		Duration maxSilence = this.settings.inbound().maxSilence();
		if (maxSilence != null && this.settings.inbound().onSilence() == OnSilence.RECONNECT) {
			for (long at = 0; at < LONGEST_FEED; at += maxSilence.toNanos() / 2) {
				script.messages.add(at);
			}
		}
		return script;
	}

	private @Nullable CompletionStage<?> customize(HandshakeRequest request) {
		guard(() -> Invariant.require(!this.connection.inExecutor(), "11: customizer inside the serial executor"));
		if (this.faults.strikes(Fault.CUSTOMIZER_FAILS)) {
			throw new IllegalStateException("customizer");
		}
		request.firstMessage("login " + request.attempt());
		if (!this.faults.strikes(Fault.CUSTOMIZER_WAITS)) {
			return null;
		}
		CompletableFuture<Void> later = new CompletableFuture<>();
		SimulatedThread thread = new SimulatedThread("customizer", false, this.world.network());
		long delay = this.random.nextLong(2 * this.settings.handshake().connectTimeout().toNanos());
		thread.post("answers", delay, () -> later.complete(null));
		return later;
	}

	private void observe(ConnectionEvent event) {
		this.trace.add("observer: " + event);
		guard(() -> {
			Invariant.require(!this.connection.inExecutor(), "11: observer inside the serial executor");
			Invariant.require(this.world.workers().running() == Group.IO, "11: observer on another group");
			boolean expected = event instanceof ConnectionEvent.PolicyFailed failed
					&& "policy".equals(failed.failure().getMessage());
			Invariant.require(expected || !(event instanceof ConnectionEvent.PolicyFailed), "11: %s", event);
			Invariant.require(!(event instanceof ConnectionEvent.InternalError), "11: %s", event);
		});
		this.observed.add(event);
	}

	/**
	 * From now on the network and the user behave.
	 */
	void heal() {
		this.trace.add("the network heals");
		this.healed = true;
		this.faults.heal();
		this.world.network().heal();
	}

	boolean isFailed() {
		return this.failure != null;
	}

	ConnectionSettings settings() {
		return this.settings;
	}

	ManagedConnection connection() {
		return this.connection;
	}

	/**
	 * Return the connection's snapshot after the last step.
	 */
	ConnectionSnapshot snapshot() {
		ConnectionSnapshot result = this.snapshot;
		if (result == null) {
			result = this.connection.snapshot();
			this.snapshot = result;
		}
		return result;
	}

	FaultScript faults() {
		return this.faults;
	}

	SimulatedUser user() {
		return this.user;
	}

	RecordingPolicy policy() {
		return this.policy;
	}

	DeliveryOrder order() {
		return this.order;
	}

	/**
	 * Return during which run an attempt began.
	 * @param attempt its place in the ledger
	 */
	int runOf(int attempt) {
		return this.runs.get(attempt - 1);
	}

	/**
	 * Return the events that observers were told.
	 */
	List<ConnectionEvent> observed() {
		return this.observed;
	}

	SimulatedWorld world() {
		return this.world;
	}

	SimulatedTime time() {
		return this.world.time();
	}

	SimulatedNetwork network() {
		return this.world.network();
	}

	SimulatedWorkers workers() {
		return this.world.workers();
	}

	Trace trace() {
		return this.trace;
	}

	long now() {
		return this.world.time().elapsed();
	}

}
