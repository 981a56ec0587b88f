package io.github.websocketresilience.engine;

import java.util.List;

/**
 * All invariants. Some remember what they saw, so every simulation has its own.
 */
final class Invariants {

	private Invariants() {
	}

	static List<Invariant> all() {
		return List.of(new Invariant01OneLiveSocket(), new Invariant02TimersOfThePhase(), new Invariant03LegalChanges(),
				new Invariant04ClosedMeansClosed(), new Invariant05NothingIsLost(), new Invariant05WrittenOrder(),
				new Invariant05NothingIsStuck(), new Invariant06Bounds(), new Invariant07ExactDelays(),
				new Invariant08SilentPeers(), new Invariant08FairVerdicts(), new Invariant09OneOrder(),
				new Invariant10Replay(), new Invariant11NothingEscapes(), new Invariant12PausedOnlyWhenBehind(),
				new Invariant13Requests(), new Invariant14RateLimit(), new Invariant15Silence());
	}

}
