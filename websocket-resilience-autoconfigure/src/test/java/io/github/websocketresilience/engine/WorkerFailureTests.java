package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What happens when a group cannot start a thread, as when the process has as many as the
 * system grants it: once there is one again, everything is told.
 */
class WorkerFailureTests {

	private final ScarceWorkers workers = new ScarceWorkers();

	private final List<Long> told = new ArrayList<>();

	@Test
	void listenersHearEverythingOnceThereIsAThread() {
		ConnectionListener listener = new ConnectionListener() {

			@Override
			public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
				WorkerFailureTests.this.told.add(event.attempt());
			}

		};
		DeliveryLog log = Parts.of(new SimulatedTime(1), this.workers)
			.log(new Inbound(10, 1000, InboundOverflow.PAUSE), listener);
		catchThrowable(() -> log.append(event(1)));
		this.workers.scarce = false;
		log.append(event(2));
		this.workers.plenty.runAll();
		assertThat(this.told).containsExactly(1L, 2L);
	}

	@Test
	void readerDoesNotOvertakeWhatFoundNoThread() {
		List<String> order = new ArrayList<>();
		ConnectionListener listener = new ConnectionListener() {

			@Override
			public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
				order.add("event");
			}

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				order.add("message");
			}

		};
		SimulatedTime time = new SimulatedTime(1);
		DeliveryLog log = Parts.of(time, this.workers)
			.log(new Inbound(10, 1000, InboundOverflow.PAUSE, Dispatch.DIRECT, null, OnSilence.REPORT), listener);
		Segment segment = log.newSegment();
		segment.link();
		catchThrowable(() -> log.append(event(1)));
		this.workers.scarce = false;
		segment.offer(new Message.Text("text"));
		assertThat(order).isEmpty();
		this.workers.plenty.runAll();
		assertThat(order).containsExactly("event", "message");
	}

	@Test
	void observersSeeEverythingOnceThereIsAThread() {
		Observers observers = new Observers(List.of((event) -> this.told.add(event.attempt())), this.workers,
				new Completions(this.workers));
		catchThrowable(() -> observers.tell(event(1)));
		this.workers.scarce = false;
		observers.tell(event(2));
		this.workers.plenty.runAll();
		assertThat(this.told).containsExactly(1L, 2L);
	}

	private static ConnectionEvent event(long attempt) {
		return new ConnectionEvent.Closing("test", attempt, Instant.EPOCH);
	}

	private static final class ScarceWorkers implements Workers {

		private final SimulatedWorkers plenty = new SimulatedWorkers();

		private boolean scarce = true;

		@Override
		public void io(Runnable task) {
			check();
			this.plenty.io(task);
		}

		@Override
		public void listeners(String connection, Runnable task) {
			check();
			this.plenty.listeners(connection, task);
		}

		@Override
		public void completions(Runnable task) {
			check();
			this.plenty.completions(task);
		}

		private void check() {
			if (this.scarce) {
				throw new OutOfMemoryError("unable to create native thread");
			}
		}

		@Override
		public void retain() {
		}

		@Override
		public void release() {
		}

	}

}
