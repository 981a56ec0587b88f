package io.github.websocketresilience.test;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/**
 * Does the steps of one connection: those of its script in order, those asked for in
 * between at once. Used on the event loop only.
 */
final class Performance {

	private final ServerConnection connection;

	private final Queue<Step> beforeOpening = new ArrayDeque<>();

	Performance(ServerConnection connection) {
		this.connection = connection;
	}

	/**
	 * Do a step now, or as soon as the socket is open.
	 */
	void take(Step step) {
		if (step.afterOpening() && !this.connection.wasOpened()) {
			this.beforeOpening.add(step);
		}
		else {
			perform(step, () -> {
			});
		}
	}

	/**
	 * Do the steps of the script, the socket being open, then those that waited for it.
	 */
	void begin(List<Step> script) {
		Queue<Step> steps = new ArrayDeque<>(script);
		steps.addAll(this.beforeOpening);
		performAll(steps.iterator());
	}

	private void performAll(Iterator<Step> steps) {
		if (steps.hasNext()) {
			perform(steps.next(), () -> performAll(steps));
		}
	}

	private void perform(Step step, Runnable done) {
		if (this.connection.hasEnded()) {
			return;
		}
		try {
			step.action().begin(this.connection, done);
		}
		catch (RuntimeException ex) {
			this.connection.failed(ex);
		}
	}

}
