package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionState;
import org.jspecify.annotations.Nullable;

/**
 * A silent peer is given up within interval + timeout x max-missed of waiting time, and
 * no two heartbeats are awaited at once. Time during which we did not read, wrote or
 * could not because of the rate limit is no waiting time. A write takes no longer than
 * its timeout.
 */
final class Invariant08SilentPeers implements Invariant {

	private static final long LEAST_AFTER_RESUME = TimeUnit.SECONDS.toNanos(1);

	private int socket;

	private long proofs;

	private int resumes;

	private boolean backSinceProof;

	private long silence;

	private boolean waiting;

	private long checkedAt;

	private int heartbeats;

	private Vitals.@Nullable Beat awaited;

	@Override
	public boolean isExact() {
		return true;
	}

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
		ConnectionSettings.Heartbeat settings = simulation.settings().heartbeat();
		listen(settings, current);
		heartbeats(settings, current.vitals().heartbeats());
		Invariant.require(!settings.isJudged() || this.silence <= bound(settings), "8: silent for %s",
				Duration.ofNanos(this.silence));
		ConnectionState state = simulation.connection().state();
		boolean held = state == ConnectionState.OPEN || state == ConnectionState.CLOSING;
		long sendTimeout = simulation.settings().outbound().sendTimeout().toNanos();
		Invariant.require(!held || current.isEnded() || current.writer().stuckFor() <= sendTimeout,
				"8: a write takes longer than its timeout");
		this.waiting = state == ConnectionState.OPEN && !current.isEnded() && !current.isAway()
				&& !simulation.network().isWriting() && !waitsForToken(simulation);
	}

	/**
	 * Whether a heartbeat may have to wait because the rate limit is used up.
	 */
	private static boolean waitsForToken(Simulation simulation) {
		RateLimit limit = simulation.settings().outbound().rateLimit();
		return limit != null && simulation.connection().control() > 0
				&& Invariant14RateLimit.timeToNext(simulation, limit) > 0;
	}

	private void listen(ConnectionSettings.Heartbeat settings, SimulatedSocket current) {
		if (current.number() != this.socket) {
			this.socket = current.number();
			this.silence = 0;
			this.proofs = 0;
			this.resumes = 0;
			this.heartbeats = 0;
			this.backSinceProof = false;
			this.awaited = null;
		}
		long proofs = current.vitals().proofs(settings.proof());
		if (proofs != this.proofs || current.vitals().resumes() != this.resumes) {
			this.backSinceProof = current.vitals().resumes() != this.resumes;
			this.proofs = proofs;
			this.resumes = current.vitals().resumes();
			this.silence = 0;
		}
	}

	private void heartbeats(ConnectionSettings.Heartbeat settings, List<Vitals.Beat> sent) {
		for (; this.heartbeats < sent.size(); this.heartbeats++) {
			Vitals.Beat beat = sent.get(this.heartbeats);
			Vitals.Beat before = this.awaited;
			if (beat.awaited()) {
				boolean answered = before == null || beat.proofs(settings.proof()) != before.proofs(settings.proof());
				Invariant.require(
						answered || !settings.isJudged() || beat.at() - before.at() >= settings.timeout().toNanos(),
						"8: two heartbeats are awaited at once");
				this.awaited = beat;
			}
		}
	}

	private long bound(ConnectionSettings.Heartbeat settings) {
		long timeout = settings.timeout().toNanos();
		long first = this.backSinceProof ? Math.max(timeout, LEAST_AFTER_RESUME) : timeout;
		return settings.interval().toNanos() + first + timeout * (settings.maxMissed() - 1);
	}

}
