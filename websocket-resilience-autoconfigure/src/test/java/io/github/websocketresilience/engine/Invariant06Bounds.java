package io.github.websocketresilience.engine;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSnapshot.Amount;

/**
 * Queue, log, events and control frames stay within their bounds. Where reading is
 * paused, the message that crosses the bound has been read already, and one more may be
 * the first of a new socket.
 */
final class Invariant06Bounds implements Invariant {

	private static final int MOST_EVENTS = 1001;

	private static final int MOST_CONTROL = 16;

	@Override
	public void check(Simulation simulation) {
		ConnectionSettings settings = simulation.settings();
		Amount queue = simulation.snapshot().queue();
		Invariant.require(
				queue.messages() <= settings.outbound().capacity() && queue.bytes() <= settings.outbound().maxBytes(),
				"6: the queue holds %s", queue);
		Invariant.require((queue.messages() == 0) == (queue.bytes() == 0), "6: the queue holds %s", queue);
		Invariant.require(simulation.snapshot().pendingRequests() <= settings.request().maxPending(),
				"6: too many requests wait");
		boolean pauses = settings.inbound().overflow() == InboundOverflow.PAUSE;
		Amount log = simulation.connection().inbound();
		int beyond = pauses ? 1 : 0;
		Invariant.require(
				log.messages() <= settings.inbound().capacity() + beyond
						&& log.bytes() < settings.inbound().maxBytes() + (1 + beyond) * settings.maxMessageSize(),
				"6: the log holds %s", log);
		Invariant.require((log.messages() == 0) == (log.bytes() == 0), "6: the log holds %s", log);
		Invariant.require(simulation.connection().waitingEvents() <= MOST_EVENTS, "6: too many events");
		Invariant.require(simulation.connection().control() <= MOST_CONTROL, "6: too many control frames");
	}

}
