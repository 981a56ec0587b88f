package io.github.websocketresilience.engine;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.WebSocketConnection;

/**
 * The parts of a connection around its queue or log, without phases: what they report is
 * kept.
 *
 * @param settings of the connection
 * @param serial its serial executor
 * @param failures what tasks of the executor threw
 * @param events what the journal told, in order
 * @param journal tells events
 * @param discards counts what is not delivered
 * @param completions completes futures
 * @param undelivered fails messages
 * @param workers run what may block
 * @param time the time
 */
record Parts(ConnectionSettings settings, SerialExecutor serial, Queue<Throwable> failures,
		Queue<ConnectionEvent> events, Journal journal, Discards discards, Completions completions,
		Undelivered undelivered, Workers workers, Time time) {

	static final URI URL = URI.create("ws://localhost/test");

	static Parts of(Time time, Workers workers) {
		return of(ConnectionSettings.builder("test", URL).build(), time, workers);
	}

	static Parts of(ConnectionSettings settings, Time time, Workers workers) {
		Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
		Queue<ConnectionEvent> events = new ConcurrentLinkedQueue<>();
		SerialExecutor serial = new SerialExecutor(failures::add);
		Journal journal = new Journal(settings.name(), time, events::add, (event) -> {
		});
		Discards discards = new Discards(time, serial, journal);
		Completions completions = new Completions(workers);
		return new Parts(settings, serial, failures, events, journal, discards, completions,
				new Undelivered(settings, completions, discards), workers, time);
	}

	/**
	 * Return a log that one listener hears.
	 * @param inbound its bounds
	 * @param listener the listener
	 * @return the log
	 */
	DeliveryLog log(ConnectionSettings.Inbound inbound, ConnectionListener listener) {
		Hooks hooks = hooks(listener);
		WebSocketConnection connection = new ManagedConnection(this.settings, new Ports((settings, attempt) -> () -> {
		}, this.time, this.workers), hooks);
		Deliverer deliverer = new Deliverer(connection, hooks, this.workers, this.completions,
				(failure) -> this.failures.add(failure.cause()));
		return new DeliveryLog(inbound, deliverer, this.discards, this.time);
	}

	static Hooks hooks(ConnectionListener... listeners) {
		return new Hooks((context) -> Optional.of(context.settings().reconnect().delay()), List.of(),
				List.of(listeners), List.of(), List.of(), null);
	}

}
