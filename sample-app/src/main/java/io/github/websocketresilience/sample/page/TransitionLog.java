package io.github.websocketresilience.sample.page;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.StateChange;
import io.github.websocketresilience.ConnectionObserver;

import org.springframework.stereotype.Component;

/**
 * Takes note of what happens to connections.
 */
@Component
class TransitionLog implements ConnectionObserver {

	private final Recent<Transition> transitions = new Recent<>(50);

	private final AtomicBoolean changed = new AtomicBoolean();

	@Override
	public void onEvent(ConnectionEvent event) {
		if (event instanceof StateChange change) {
			this.transitions.add(Transition.of(change));
		}
		this.changed.set(true);
	}

	Recent<Transition> transitions() {
		return this.transitions;
	}

	/**
	 * Return whether anything has happened since this was last asked.
	 */
	boolean hasChanged() {
		return this.changed.getAndSet(false);
	}

}
