package io.github.websocketresilience.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;

/**
 * Remembers observations in order, in a registry that refuses what no observation does:
 * to end twice, to change its keys, to leave a scope open.
 */
final class Recorder implements ObservationHandler<Observation.Context> {

	private final List<Observation.Context> started = new CopyOnWriteArrayList<>();

	private final List<Observation.Context> stopped = new CopyOnWriteArrayList<>();

	private final TestObservationRegistry registry = TestObservationRegistry.builder()
		.validateObservationsWithTheSameNameHavingTheSameSetOfLowCardinalityKeys(true)
		.validateScopesClosedInReverseOrderOfOpening(true)
		.validateScopesOpenedAndClosedOnTheSameThread(true)
		.build();

	Recorder() {
		this.registry.observationConfig().observationHandler(this);
	}

	TestObservationRegistry registry() {
		return this.registry;
	}

	List<Observation.Context> started() {
		return this.started;
	}

	List<Observation.Context> stopped() {
		return this.stopped;
	}

	static String value(Observation.ContextView context, String key) {
		KeyValue low = context.getLowCardinalityKeyValue(key);
		KeyValue any = (low != null) ? low : context.getHighCardinalityKeyValue(key);
		return (any != null) ? any.getValue() : "absent";
	}

	static ObservationRegistry noop() {
		return ObservationRegistry.create();
	}

	@Override
	public void onStart(Observation.Context context) {
		this.started.add(context);
	}

	@Override
	public void onStop(Observation.Context context) {
		this.stopped.add(context);
	}

	@Override
	public boolean supportsContext(Observation.Context context) {
		return true;
	}

}
