package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.engine.RecordingPolicy.Decision;
import org.jspecify.annotations.Nullable;

/**
 * Unless the user asked, the next attempt begins exactly when the policy said, and never
 * sooner than 10 ms from the second failure in a row on, or after a stable socket that
 * was open for less. Failures are forgotten only after the stability time and a proof of
 * life.
 */
final class Invariant07ExactDelays implements Invariant {

	private static final int REMEMBERED = 16;

	private static final long LEAST_REPEATED = Duration.ofMillis(10).toNanos();

	/** The failures that may be counted; more than one at the edge of stability. */
	private Set<Integer> failures = new TreeSet<>(Set.of(0));

	private int decisionsSeen;

	private int attemptsSeen;

	private int counted;

	private long commandsAtBegin;

	private long commandsChecked;

	private @Nullable Decision decision;

	@Override
	public boolean isExact() {
		return true;
	}

	@Override
	public void check(Simulation simulation) {
		List<Decision> decisions = simulation.policy().decisions();
		for (; this.decisionsSeen < decisions.size(); this.decisionsSeen++) {
			decided(simulation, decisions.get(this.decisionsSeen));
		}
		List<SimulatedAttempt> attempts = simulation.network().attempts();
		for (; this.attemptsSeen < attempts.size(); this.attemptsSeen++) {
			begun(simulation, attempts.get(this.attemptsSeen));
		}
		this.commandsChecked = simulation.user().commands();
	}

	private void begun(Simulation simulation, SimulatedAttempt attempt) {
		Decision last = this.decision;
		long commands = simulation.user().commands();
		if (last != null && last.commands() == commands) {
			Invariant.require(last.answer() == null || last.answer().isPresent(),
					"7: attempt %s though the policy gave up", attempt.number());
			long delay = (last.answer() != null) ? last.answer().get().toNanos() : attempt.begunAt() - last.at();
			boolean repeated = last.failures() > 1 || (last.failures() == 0 && last.openFor() < LEAST_REPEATED);
			delay = repeated ? Math.max(delay, LEAST_REPEATED) : delay;
			Invariant.require(attempt.begunAt() - last.at() == delay, "7: attempt %s after %s ns instead of %s",
					attempt.number(), attempt.begunAt() - last.at(), delay);
		}
		else {
			Invariant.require(commands != Math.min(this.commandsAtBegin, this.commandsChecked),
					"7: attempt %s without a reason", attempt.number());
		}
		if (simulation.snapshot().attempt() == 1) {
			this.failures = new TreeSet<>(Set.of(0));
			this.counted = attempt.number() - 1;
		}
		this.commandsAtBegin = commands;
		this.decision = null;
	}

	private void decided(Simulation simulation, Decision made) {
		for (int number = this.counted + 1; number < made.attempt(); number++) {
			forgetIfStable(simulation, number, 0);
		}
		Set<Integer> expected = new TreeSet<>(this.failures);
		Boolean stable = isStable(simulation, made.attempt());
		Set<Integer> allowed = new TreeSet<>();
		if (stable == null || stable) {
			allowed.add(0);
		}
		if (stable == null || !stable) {
			expected.forEach((failures) -> allowed.add(failures + 1));
		}
		Invariant.require(allowed.contains(made.failures()), "7: %s failures are counted for attempt %s, not %s",
				made.failures(), made.attempt(), allowed);
		this.failures = new TreeSet<>(Set.of(made.failures()));
		this.counted = made.attempt();
		this.decision = made;
	}

	private void forgetIfStable(Simulation simulation, int number, int failures) {
		Boolean stable = isStable(simulation, number);
		if (stable == null) {
			this.failures.add(failures);
		}
		else if (stable) {
			this.failures = new TreeSet<>(Set.of(failures));
		}
	}

	/**
	 * Return whether a socket was stable, {@code null} at the edge.
	 */
	private static @Nullable Boolean isStable(Simulation simulation, int number) {
		SimulatedSocket socket = simulation.network().attempts().get(number - 1).socket();
		if (socket.state() == SimulatedSocket.State.NEVER_OPEN || socket.openedAt() < 0) {
			return false;
		}
		long resetAfter = simulation.settings().reconnect().resetAfter().toNanos();
		long openFor = Math.min(socket.endedAt(), simulation.now()) - socket.openedAt();
		Boolean alive = wasAlive(simulation.settings().heartbeat(), socket.vitals());
		if (openFor < resetAfter || (alive != null && !alive)) {
			return false;
		}
		return (openFor == resetAfter) ? null : alive;
	}

	private static @Nullable Boolean wasAlive(ConnectionSettings.Heartbeat heartbeat, Vitals vitals) {
		if (!heartbeat.isJudged()) {
			return true;
		}
		if (heartbeat.proof() == Proof.REPLY) {
			// Of many heartbeats that wait for a reply the oldest are forgotten.
			boolean all = vitals.heartbeats().size() <= REMEMBERED;
			return (vitals.replies() == 0) ? Boolean.FALSE : (all ? Boolean.TRUE : null);
		}
		if (vitals.signsSinceOpen() > 0) {
			return true;
		}
		return (vitals.proofs(Proof.ANY) > 0) ? null : false;
	}

}
