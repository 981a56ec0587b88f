package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A silent peer is given up within interval + timeout x max-missed of waiting time, and
 * one that answers in time never is. Time during which we paused reading or wrote is no
 * waiting time. A write takes no longer than its timeout.
 */
final class Invariant08SilentPeers implements Invariant {

	private static final long LEAST_AFTER_RESUME = TimeUnit.SECONDS.toNanos(1);

	private int socket;

	private long proofs;

	private int resumes;

	private long silence;

	private boolean waiting;

	private long checkedAt;

	private int heartbeats;

	private boolean pausedSince;

	private @Nullable Disconnect last;

	@Override
	public void check(Simulation simulation) {
		if (simulation.network().attempts().isEmpty()) {
			return;
		}
		SimulatedSocket current = simulation.network().socket();
		if (this.waiting) {
			this.silence += simulation.now() - this.checkedAt;
		}
		this.checkedAt = simulation.now();
		listen(simulation, current);
		ConnectionSettings.Heartbeat settings = simulation.settings().heartbeat();
		Invariant.require(!settings.isJudged() || this.silence <= bound(settings, current), "8: silent for %s",
				Duration.ofNanos(this.silence));
		long sendTimeout = simulation.settings().outbound().sendTimeout().toNanos();
		Invariant.require(!isHeld(simulation, current) || current.writer().stuckFor() <= sendTimeout,
				"8: a write takes longer than its timeout");
		judge(simulation);
		this.waiting = simulation.connection().state() == ConnectionState.OPEN && !current.isEnded()
				&& !current.isHeld() && !simulation.network().isWriting();
	}

	private static boolean isHeld(Simulation simulation, SimulatedSocket socket) {
		ConnectionState state = simulation.connection().state();
		return !socket.isEnded() && (state == ConnectionState.OPEN || state == ConnectionState.CLOSING);
	}

	private void listen(Simulation simulation, SimulatedSocket current) {
		ConnectionSettings.Heartbeat settings = simulation.settings().heartbeat();
		Vitals vitals = current.vitals();
		if (current.number() != this.socket) {
			this.socket = current.number();
			this.silence = 0;
			this.proofs = 0;
			this.resumes = 0;
			this.heartbeats = 0;
			this.pausedSince = false;
		}
		this.pausedSince |= current.isHeld();
		long proofs = (settings.proof() == Proof.ANY) ? vitals.signs() : vitals.replies();
		for (; this.heartbeats < vitals.heartbeats().size(); this.heartbeats++) {
			Invariant.require(this.heartbeats == 0 || this.pausedSince || !settings.isJudged()
					|| !isTooEarly(settings, vitals.heartbeats()), "8: two heartbeats are awaited at once");
			this.pausedSince = current.isHeld();
		}
		if (proofs != this.proofs) {
			this.proofs = proofs;
			this.silence = 0;
		}
		if (vitals.resumes() != this.resumes) {
			this.resumes = vitals.resumes();
			this.silence = 0;
		}
	}

	private boolean isTooEarly(ConnectionSettings.Heartbeat settings, List<Vitals.Beat> heartbeats) {
		Vitals.Beat before = heartbeats.get(this.heartbeats - 1);
		Vitals.Beat beat = heartbeats.get(this.heartbeats);
		return proofsAt(settings, beat) == proofsAt(settings, before)
				&& beat.at() - before.at() < settings.timeout().toNanos();
	}

	private static long proofsAt(ConnectionSettings.Heartbeat settings, Vitals.Beat beat) {
		return (settings.proof() == Proof.ANY) ? beat.signs() : beat.replies();
	}

	private static long bound(ConnectionSettings.Heartbeat settings, SimulatedSocket socket) {
		long timeout = settings.timeout().toNanos();
		long first = socket.vitals().wasPaused() ? Math.max(timeout, LEAST_AFTER_RESUME) : timeout;
		return settings.interval().toNanos() + first + timeout * (settings.maxMissed() - 1);
	}

	/**
	 * The engine has just given the socket up.
	 */
	private void judge(Simulation simulation) {
		Disconnect end = simulation.snapshot().lastDisconnect();
		if (end == this.last) {
			return;
		}
		this.last = end;
		if (end != null) {
			judge(simulation, simulation.network().attempt(), end.kind());
		}
	}

	private void judge(Simulation simulation, SimulatedAttempt attempt, Kind kind) {
		SimulatedWriter writer = attempt.socket().writer();
		long sendTimeout = simulation.settings().outbound().sendTimeout().toNanos();
		switch (kind) {
			case HEARTBEAT_TIMEOUT -> silent(simulation, attempt.socket());
			case SEND_TIMEOUT ->
				Invariant.require(writer.stuckFor() >= sendTimeout, "8: given up for a write of %s", writer.stuckFor());
			case CONNECT_TIMEOUT -> Invariant.require(
					simulation.now()
							- attempt.startedAt() == simulation.settings().handshake().connectTimeout().toNanos(),
					"8: attempt %s is given up too early or too late", attempt.number());
			case CLOSE_REQUESTED, RECONNECT_REQUESTED, CONTROL_OVERFLOW, CUSTOMIZER_FAILED -> {
			}
			default ->
				Invariant.require(attempt.isEndTold(), "8: %s was not told of attempt %s", kind, attempt.number());
		}
	}

	private void silent(Simulation simulation, SimulatedSocket socket) {
		ConnectionSettings.Heartbeat settings = simulation.settings().heartbeat();
		List<Vitals.Beat> sent = socket.vitals().heartbeats();
		long unanswered = sent.stream()
			.filter((beat) -> !beat.paused() && proofsAt(settings, beat) == this.proofs)
			.count();
		Invariant.require(unanswered >= settings.maxMissed(), "8: given up after %s heartbeats without proof of life",
				unanswered);
		Vitals.Beat last = sent.get(sent.size() - 1);
		long waited = simulation.now() - last.at() - (socket.vitals().pausedFor() - last.pausedFor());
		Invariant.require(waited >= settings.timeout().toNanos(), "8: given up %s ns after the last heartbeat", waited);
		boolean paused = last.paused() || socket.vitals().resumedAt() > last.at();
		Invariant.require(!paused || simulation.now() - socket.vitals().resumedAt() >= LEAST_AFTER_RESUME,
				"8: given up right after a resume");
		boolean writing = socket.writer().stuckFor() > 0;
		long grace = simulation.settings().outbound().sendTimeout().toNanos();
		Invariant.require(!writing || waited >= settings.timeout().toNanos() + grace, "8: given up during a write");
	}

}
