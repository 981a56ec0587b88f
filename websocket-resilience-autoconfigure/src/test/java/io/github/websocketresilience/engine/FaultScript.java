package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.engine.Script.End;
import org.jspecify.annotations.Nullable;

/**
 * Which faults exist in one simulation, and how likely each is: both are drawn from the
 * seed, so that some runs know one fault only and others many. Writes the script of every
 * attempt.
 */
final class FaultScript {

	private static final double[] LIKELIHOODS = { 0.05, 0.2, 0.5, 0.9 };

	private static final int[] CLOSE_CODES = { 1000, 1001, 1002, 1005, 1008, 1009, 1011, 1012, 1013, 4000, 4401 };

	private static final int[] STATUSES = { 302, 401, 403, 404, 429, 500, 503 };

	private final Map<Fault, Double> likelihoods = new EnumMap<>(Fault.class);

	private final RandomGenerator random;

	private final ConnectionSettings settings;

	FaultScript(RandomGenerator random, ConnectionSettings settings) {
		this.random = random;
		this.settings = settings;
		double density = random.nextDouble(0.6);
		for (Fault fault : Fault.values()) {
			if (random.nextDouble() < density) {
				this.likelihoods.put(fault, LIKELIHOODS[random.nextInt(LIKELIHOODS.length)]);
			}
		}
		if (random.nextInt(5) == 0) {
			holdMessagesWithKeys();
		}
		if (settings.inbound().dispatch() == Dispatch.DIRECT && random.nextBoolean()) {
			keepReadersAway();
		}
	}

	/**
	 * Let readers be away while a feed answers no heartbeat.
	 */
	private void keepReadersAway() {
		this.likelihoods.put(Fault.LISTENER_BLOCKS, 0.5);
		this.likelihoods.put(Fault.FLOOD, 0.5);
		this.likelihoods.putIfAbsent(Fault.NO_REPLY, 0.9);
	}

	/**
	 * Let writers hold messages while newer ones with their keys are sent, which is rare
	 * by chance.
	 */
	private void holdMessagesWithKeys() {
		this.likelihoods.put(Fault.USER_SENDS_KEYS, 0.5);
		this.likelihoods.put(Fault.USER_FLOODS, 0.2);
		this.likelihoods.put(Fault.SLOW_WRITE, 0.5);
		this.likelihoods.putIfAbsent(Fault.RESET, 0.5);
		this.likelihoods.putIfAbsent(Fault.HANGING_WRITE, 0.2);
	}

	/**
	 * Return whether a fault is to happen now.
	 */
	boolean strikes(Fault fault) {
		Double likelihood = this.likelihoods.get(fault);
		return likelihood != null && this.random.nextDouble() < likelihood;
	}

	/**
	 * Draw how long this process is stopped.
	 */
	long stall() {
		ConnectionSettings.Heartbeat heartbeat = this.settings.heartbeat();
		return around(nanos(heartbeat.interval().plus(heartbeat.timeout())));
	}

	/**
	 * From now on nothing strikes any more.
	 */
	void heal() {
		this.likelihoods.clear();
	}

	/**
	 * Write the script of the next attempt.
	 */
	Script get() {
		Script script = new Script();
		handshake(script);
		traffic(script);
		requests(script);
		writing(script);
		end(script);
		return script;
	}

	private void handshake(Script script) {
		long timeout = nanos(this.settings.handshake().connectTimeout());
		script.handshake = around(timeout / 10);
		script.refusal = refusal();
		if (strikes(Fault.SLOW_HANDSHAKE)) {
			script.handshake = around(timeout);
		}
		if (strikes(Fault.HANGING_HANDSHAKE)) {
			script.handshake = SimulatedTime.NEVER;
		}
		if (strikes(Fault.NO_THREAD)) {
			script.thread = this.random.nextBoolean() ? around(timeout) : SimulatedTime.NEVER;
		}
		if (strikes(Fault.SLOW_PREPARE)) {
			script.prepare = around(timeout);
		}
		if (strikes(Fault.OPENED_LATE)) {
			script.opened = around(timeout / 4);
		}
		script.opensLate = strikes(Fault.OPENS_AFTER_ABORT);
		script.echoes = strikes(Fault.ECHOES);
	}

	private @Nullable Disconnect refusal() {
		if (strikes(Fault.REFUSED)) {
			return Disconnect.of(Kind.CONNECT_FAILED, "connection refused");
		}
		if (strikes(Fault.UNKNOWN_HOST)) {
			return Disconnect.of(Kind.UNKNOWN_HOST, "unknown host");
		}
		if (strikes(Fault.HTTP_STATUS)) {
			Duration retryAfter = Duration.ofMillis(this.random.nextInt(2000));
			return Disconnect.refused(STATUSES[this.random.nextInt(STATUSES.length)],
					this.random.nextBoolean() ? retryAfter : null);
		}
		return null;
	}

	private void traffic(Script script) {
		long span = Script.MS * (1 + this.random.nextInt(200));
		int messages = strikes(Fault.FLOOD) ? 40 : this.random.nextInt(6);
		for (int i = 0; i < messages; i++) {
			script.messages.add(this.random.nextLong(span));
		}
		boolean answered = !this.settings.autoReplies().isEmpty();
		int pings = (answered && strikes(Fault.SERVER_PINGS)) ? this.random.nextInt(30) : 0;
		for (int i = 0; i < pings; i++) {
			script.pings.add(this.random.nextLong(span));
		}
		long timeout = nanos(this.settings.heartbeat().timeout());
		script.reply = this.random.nextLong(1 + timeout);
		if (strikes(Fault.LATE_REPLY)) {
			script.reply = around(timeout);
		}
		if (strikes(Fault.NO_REPLY)) {
			script.reply = SimulatedTime.NEVER;
		}
		script.closeReply = this.random.nextLong(1 + nanos(this.settings.closeTimeout()));
		if (strikes(Fault.NO_CLOSE_REPLY)) {
			script.closeReply = SimulatedTime.NEVER;
		}
	}

	private void requests(Script script) {
		long span = Script.MS * (1 + this.random.nextInt(200));
		int noises = this.settings.ignore().isEmpty() ? 0 : this.random.nextInt(4);
		for (int i = 0; i < noises; i++) {
			script.noises.add(this.random.nextLong(span));
		}
		if (this.settings.request().id() == null) {
			return;
		}
		int strays = strikes(Fault.STRAY_REPLIES) ? this.random.nextInt(10) : this.random.nextInt(2);
		for (int i = 0; i < strays; i++) {
			script.strays.add(this.random.nextLong(span));
		}
		List<List<Long>> answers = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			answers.add(answers());
		}
		script.answers = answers;
	}

	private List<Long> answers() {
		List<Long> result = new ArrayList<>();
		if (!strikes(Fault.NO_ANSWER)) {
			long timeout = nanos(this.settings.request().timeout());
			result.add(strikes(Fault.LATE_ANSWER) ? around(timeout) : this.random.nextLong(1 + timeout / 2));
			if (strikes(Fault.ANSWERED_TWICE)) {
				result.add(this.random.nextLong(1 + timeout));
			}
		}
		return result;
	}

	private void writing(Script script) {
		long timeout = nanos(this.settings.outbound().sendTimeout());
		if (strikes(Fault.SLOW_WRITE)) {
			script.write = this.random.nextBoolean() ? around(timeout) : this.random.nextLong(1 + timeout / 4);
		}
		if (strikes(Fault.SLOW_FLUSH)) {
			script.flush = this.random.nextBoolean() ? around(timeout) : this.random.nextLong(1 + timeout / 4);
		}
		if (strikes(Fault.HANGING_FLUSH)) {
			script.flushHangsAt = 1 + this.random.nextInt(4);
		}
		if (strikes(Fault.FAILING_FLUSH)) {
			script.flushFailsAt = 1 + this.random.nextInt(4);
		}
		if (strikes(Fault.BATCHED_FLUSH) || script.flush > 0 || script.flushHangsAt > 0) {
			script.flushEvery = 1 + this.random.nextInt(8);
			script.eager = this.random.nextBoolean();
		}
		if (strikes(Fault.HANGING_WRITE)) {
			script.hangsAt = 1 + this.random.nextInt(8);
		}
		if (strikes(Fault.FAILING_WRITE)) {
			script.failsAt = 1 + this.random.nextInt(8);
		}
		script.buffer = this.random.nextInt(6);
		script.linger = this.random.nextBoolean() ? 0 : this.random.nextLong(1000 * Script.MS + 1);
	}

	private void end(Script script) {
		script.endAt = this.random.nextLong(300 * Script.MS);
		if (strikes(Fault.CLOSED_BY_PEER)) {
			script.end = End.CLOSE;
			script.closeCode = CLOSE_CODES[this.random.nextInt(CLOSE_CODES.length)];
		}
		else if (strikes(Fault.RESET)) {
			script.end = End.RESET;
		}
		else if (strikes(Fault.ERROR_THEN_CLOSE)) {
			script.end = End.ERROR_THEN_CLOSE;
		}
		else if (strikes(Fault.BLACKHOLE)) {
			script.end = End.BLACKHOLE;
		}
	}

	/**
	 * Draw a time around a bound: right before, right at and right after it, too.
	 */
	private long around(long bound) {
		return switch (this.random.nextInt(5)) {
			case 0 -> bound;
			case 1 -> Math.max(0, bound - 1);
			case 2 -> bound + 1;
			default -> this.random.nextLong(2 * bound + 1);
		};
	}

	private static long nanos(Duration duration) {
		return duration.toNanos();
	}

	@Override
	public String toString() {
		return this.likelihoods.toString();
	}

	/**
	 * What may go wrong.
	 */
	enum Fault {

		REFUSED, UNKNOWN_HOST, HTTP_STATUS, HANGING_HANDSHAKE, SLOW_HANDSHAKE, NO_THREAD, SLOW_PREPARE, OPENED_LATE,
		OPENS_AFTER_ABORT, ECHOES, FLOOD, SERVER_PINGS, LATE_REPLY, NO_REPLY, NO_CLOSE_REPLY, SLOW_WRITE, BATCHED_FLUSH,
		SLOW_FLUSH, HANGING_FLUSH, FAILING_FLUSH, STRAY_REPLIES, NO_ANSWER, LATE_ANSWER, ANSWERED_TWICE, HANGING_WRITE,
		FAILING_WRITE, CLOSED_BY_PEER, RESET, ERROR_THEN_CLOSE, BLACKHOLE,

		/** Steps that are ready wait while time passes. */
		SLOW_MACHINE,

		/** This process is stopped: timers and what the network brings are late. */
		STALL,

		/** Customizers fail or take their time. */
		CUSTOMIZER_FAILS, CUSTOMIZER_WAITS,

		/** The policy throws. */
		POLICY_THROWS,

		/** What listeners do inside a call. */
		LISTENER_BLOCKS, LISTENER_THROWS, LISTENER_SENDS, LISTENER_CLOSES, LISTENER_JOINS_CLOSE, LISTENER_STARTS,
		LISTENER_RECONNECTS, LISTENER_JOINS_REQUEST,

		/** What users do. */
		COMPLETION_SENDS, COMPLETION_JOINS_REQUEST, USER_STOPS, USER_SENDS_KEYS, USER_SENDS_BINARY, USER_CANCELS,
		USER_CLOSES, USER_RESTARTS, USER_RECONNECTS, USER_RENEWS, USER_FLOODS, USER_SENDS_LARGE

	}

}
