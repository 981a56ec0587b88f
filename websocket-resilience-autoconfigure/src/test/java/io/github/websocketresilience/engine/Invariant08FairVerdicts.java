package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An attempt or socket is given up only for a reason that the network confirms: a peer
 * that answers in time never is, and neither our own pause nor our own write counts as
 * the peer's silence.
 */
final class Invariant08FairVerdicts implements Invariant {

	private static final long LEAST_AFTER_RESUME = TimeUnit.SECONDS.toNanos(1);

	private @Nullable Disconnect last;

	@Override
	public boolean isExact() {
		return true;
	}

	@Override
	public void check(Simulation simulation) {
		Disconnect end = simulation.snapshot().lastDisconnect();
		if (end != null && end != this.last) {
			judge(simulation, simulation.network().attempt(), end.kind());
		}
		this.last = end;
	}

	private static void judge(Simulation simulation, SimulatedAttempt attempt, Kind kind) {
		ConnectionSettings settings = simulation.settings();
		switch (kind) {
			case HEARTBEAT_TIMEOUT -> silent(simulation, attempt.socket());
			case SEND_TIMEOUT -> {
				long stuck = attempt.socket().writer().stuckFor();
				Invariant.require(stuck >= settings.outbound().sendTimeout().toNanos(), "8: given up after %s ns",
						stuck);
			}
			case CONNECT_TIMEOUT -> {
				long took = simulation.now() - attempt.startedAt();
				Invariant.require(took == settings.handshake().connectTimeout().toNanos(), "8: given up after %s ns",
						took);
			}
			case SILENCE ->
				Invariant.require(settings.inbound().onSilence() == OnSilence.RECONNECT, "8: given up for silence");
			case CLOSE_REQUESTED, RECONNECT_REQUESTED, CONTROL_OVERFLOW, CUSTOMIZER_FAILED -> {
			}
			default ->
				Invariant.require(attempt.isEndTold(), "8: %s was not told of attempt %s", kind, attempt.number());
		}
	}

	private static void silent(Simulation simulation, SimulatedSocket socket) {
		ConnectionSettings.Heartbeat settings = simulation.settings().heartbeat();
		Vitals vitals = socket.vitals();
		List<Vitals.Beat> unanswered = vitals.heartbeats()
			.stream()
			.filter((beat) -> beat.reading() && beat.proofs(settings.proof()) == vitals.proofs(settings.proof()))
			.toList();
		Invariant.require(unanswered.size() >= settings.maxMissed(), "8: given up after %s unanswered heartbeats",
				unanswered.size());
		Vitals.Beat judged = unanswered.stream()
			.filter(Vitals.Beat::awaited)
			.reduce(unanswered.get(0), (before, after) -> after);
		long waited = simulation.now() - judged.at() - (vitals.pausedFor() - judged.pausedFor());
		long timeout = settings.timeout().toNanos();
		Invariant.require(waited >= timeout, "8: given up after %s ns of waiting", waited);
		boolean resumed = vitals.resumedAt() > unanswered.get(unanswered.size() - 1).at();
		Invariant.require(!resumed || simulation.now() - vitals.resumedAt() >= LEAST_AFTER_RESUME,
				"8: given up right after a resume");
		long grace = simulation.settings().outbound().sendTimeout().toNanos();
		Invariant.require(socket.writer().stuckFor() == 0 || waited >= timeout + grace, "8: given up during a write");
	}

}
