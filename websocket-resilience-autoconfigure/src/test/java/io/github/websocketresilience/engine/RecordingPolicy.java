package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.websocketresilience.ReconnectPolicy;
import io.github.websocketresilience.engine.FaultScript.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The policy of a simulation: the standard one, or delays of its own, or it throws. Keeps
 * what it was asked and what it answered.
 */
final class RecordingPolicy implements ReconnectPolicy {

	private static final ReconnectPolicy STANDARD = new StandardReconnectPolicy();

	private final Simulation simulation;

	private final boolean standard;

	private final List<Decision> decisions = new ArrayList<>();

	RecordingPolicy(Simulation simulation, RandomGenerator random) {
		this.simulation = simulation;
		this.standard = random.nextInt(4) > 0;
	}

	@Override
	public Optional<Duration> next(Context context) {
		if (this.simulation.faults().strikes(Fault.POLICY_THROWS)) {
			record(context, null);
			throw new IllegalStateException("policy");
		}
		Optional<Duration> answer = this.standard ? STANDARD.next(context) : own(context.random());
		record(context, answer);
		return answer;
	}

	private static Optional<Duration> own(RandomGenerator random) {
		return switch (random.nextInt(8)) {
			case 0 -> Optional.empty();
			case 1, 2 -> Optional.of(Duration.ZERO);
			default -> Optional.of(Duration.ofNanos(random.nextLong(50 * Script.MS)));
		};
	}

	private void record(Context context, @Nullable Optional<Duration> answer) {
		this.decisions.add(new Decision(this.simulation.now(), this.simulation.network().attempts().size(),
				this.simulation.user().commands(), context.failures(), context.disconnect().openFor().toNanos(),
				answer));
	}

	List<Decision> decisions() {
		return this.decisions;
	}

	/**
	 * One answer.
	 *
	 * @param at when
	 * @param attempt the attempt that was judged, by its place in the ledger
	 * @param commands how many commands the user had given by then
	 * @param failures how many failures in a row the engine had counted
	 * @param openFor how long the socket had been open, in nanoseconds
	 * @param answer the answer, or {@code null} if it threw
	 */
	record Decision(long at, int attempt, long commands, int failures, long openFor,
			@Nullable Optional<Duration> answer) {
	}

}
