package io.github.websocketresilience.engine;

/**
 * The serial executor is at rest after every step, and the engine keeps the contracts of
 * its ports. That nothing escapes is checked by every step: tasks throw into the
 * simulation, what the engine contains becomes an event.
 */
final class Invariant11NothingEscapes implements Invariant {

	@Override
	public void check(Simulation simulation) {
		Invariant.require(simulation.connection().idle(), "11: the serial executor is not at rest");
		Invariant.require(simulation.network().violations().isEmpty(), "11: %s", simulation.network().violations());
	}

}
