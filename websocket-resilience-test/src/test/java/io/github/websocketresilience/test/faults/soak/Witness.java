package io.github.websocketresilience.test.faults.soak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionState;

/**
 * Checks the events of one connection: that its changes of state follow one another, and
 * that it leaves Closed only when it was told to start. Counts the rest.
 */
final class Witness {

	private static final int KEPT = 5;

	private final Map<String, Long> ends = new TreeMap<>();

	private final Map<String, Long> discarded = new TreeMap<>();

	private final List<String> problems = new ArrayList<>();

	/** Of each close: when it was asked for, when it was done, when the start was. */
	private final List<List<Long>> closes = new ArrayList<>();

	private ConnectionState state = ConnectionState.IDLE;

	/** How often it may leave Idle or Closed from now on. */
	private int starts = 1;

	private long changes;

	private long opened;

	synchronized void onEvent(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.StateChange change) {
			changed(change);
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			String end = (disconnected.opened() ? "socket: " : "attempt: ") + disconnected.disconnect().kind();
			this.ends.merge(end, 1L, Long::sum);
		}
		else if (event instanceof ConnectionEvent.MessagesDiscarded messages) {
			this.discarded.merge(messages.reason().name(), messages.messages(), Long::sum);
		}
		else if (event instanceof ConnectionEvent.InternalError error) {
			problem("internal error: " + error.text());
		}
	}

	private void changed(ConnectionEvent.StateChange change) {
		if (change.from() != this.state) {
			problem("%s -> %s in %s".formatted(change.from(), change.to(), this.state));
		}
		if (change.from() == ConnectionState.IDLE || change.from() == ConnectionState.CLOSED) {
			this.starts--;
		}
		if (this.starts < 0) {
			problem("attempt after close");
		}
		this.changes++;
		this.opened += (change instanceof ConnectionEvent.Opened) ? 1 : 0;
		this.state = change.to();
	}

	private void problem(String problem) {
		if (this.problems.size() < KEPT) {
			this.problems.add(problem);
		}
	}

	synchronized ConnectionState state() {
		return this.state;
	}

	synchronized void starting() {
		this.starts++;
		this.closes.get(this.closes.size() - 1).set(2, Instant.now().toEpochMilli());
	}

	synchronized int closing() {
		this.closes.add(new ArrayList<>(List.of(Instant.now().toEpochMilli(), 0L, 0L)));
		return this.closes.size() - 1;
	}

	synchronized void closed(int close) {
		this.closes.get(close).set(1, Instant.now().toEpochMilli());
	}

	synchronized Map<String, Object> report() {
		return Map.of("ends", new TreeMap<>(this.ends), "discarded", new TreeMap<>(this.discarded), "eventProblems",
				List.copyOf(this.problems), "closes", List.copyOf(this.closes), "changes", this.changes, "opened",
				this.opened);
	}

}
