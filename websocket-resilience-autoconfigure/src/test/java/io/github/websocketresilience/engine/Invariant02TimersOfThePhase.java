package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.websocketresilience.ConnectionState;

/**
 * Pending timers are those of the phase, plus at most one for each queue, window or log
 * that needs one; and a phase that must end has its timer.
 */
final class Invariant02TimersOfThePhase implements Invariant {

	private static final Set<String> ANYWHERE = Set.of("expiry", "event count", "rate", "request");

	@Override
	public void check(Simulation simulation) {
		ConnectionState state = simulation.connection().state();
		List<String> pending = simulation.time().pending();
		List<String> left = new ArrayList<>(pending);
		timersOf(state).forEach(left::remove);
		Invariant.require(!left.contains("rate") || simulation.settings().outbound().rateLimit() != null,
				"2: timer 'rate' without a limit");
		if (state != ConnectionState.CLOSED) {
			ANYWHERE.forEach(left::remove);
		}
		Invariant.require(left.isEmpty(), "2: timers %s in state %s", pending, state);
		String needed = neededIn(simulation, state);
		Invariant.require(needed == null || pending.contains(needed), "2: no timer '%s' in state %s", needed, state);
	}

	private static Set<String> timersOf(ConnectionState state) {
		return switch (state) {
			case IDLE -> Set.of();
			case CLOSED -> Set.of(Simulation.DELIVERY_DEADLINE);
			case CONNECTING -> Set.of("connect deadline");
			case OPEN -> Set.of("heartbeat", "stability", "send", "silence", "planned reconnect");
			case WAITING -> Set.of("retry");
			case CLOSING -> Set.of("close", "send", Simulation.DELIVERY_DEADLINE);
		};
	}

	private static String neededIn(Simulation simulation, ConnectionState state) {
		return switch (state) {
			case CONNECTING -> simulation.network().attempt().isStarted() ? "connect deadline" : null;
			case WAITING -> "retry";
			case CLOSING -> "close";
			case OPEN -> (simulation.settings().inbound().maxSilence() != null) ? "silence" : null;
			case IDLE, CLOSED -> null;
		};
	}

}
