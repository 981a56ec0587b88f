package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.EventsSkipped;
import io.github.websocketresilience.ConnectionEvent.InternalError;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Observers}.
 */
class ObserversTests {

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final Completions completions = new Completions(this.workers);

	private final List<ConnectionEvent> seen = new ArrayList<>();

	private final List<String> calls = new ArrayList<>();

	@Test
	void eventsAreToldInOrderByOneTaskOfTheIoGroup() {
		Observers observers = new Observers(List.of(this.seen::add), this.workers, this.completions);
		observers.tell(event(1));
		observers.tell(event(2));
		assertThat(this.seen).isEmpty();
		assertThat(this.workers.pending(Group.IO)).isEqualTo(1);
		assertThat(this.workers.pending()).isEqualTo(1);
		this.workers.run(0);
		assertThat(this.seen).containsExactly(event(1), event(2));
		observers.tell(event(3));
		this.workers.runAll();
		assertThat(this.seen).containsExactly(event(1), event(2), event(3));
	}

	@Test
	void everyObserverSeesAnEventBeforeAnySeesTheNext() {
		List<String> calls = new ArrayList<>();
		Observers observers = new Observers(
				List.of((event) -> calls.add("a" + event.attempt()), (event) -> calls.add("b" + event.attempt())),
				this.workers, this.completions);
		observers.tell(event(1));
		observers.tell(event(2));
		this.workers.runAll();
		assertThat(calls).containsExactly("a1", "b1", "a2", "b2");
	}

	@Test
	void eventThatComesDuringACallIsToldAfterItByTheSameTask() {
		List<Observers> self = new ArrayList<>();
		Observers observers = new Observers(List.of((event) -> {
			if (event.attempt() == 1) {
				self.get(0).tell(event(2));
				assertThat(this.seen).isEmpty();
			}
			this.seen.add(event);
		}), this.workers, this.completions);
		self.add(observers);
		observers.tell(event(1));
		this.workers.run(0);
		assertThat(this.seen).containsExactly(event(1), event(2));
		assertThat(this.workers.pending()).isZero();
		assertThat(observers.failures()).isZero();
	}

	@Test
	void observerThatThrowsIsNamedToAllAndTheOthersSeeTheEvent() {
		IllegalStateException failure = new IllegalStateException("planned");
		Observers observers = new Observers(List.of(failing(failure, 1), this.seen::add), this.workers,
				this.completions);
		observers.tell(event(1));
		observers.tell(event(2));
		this.workers.runAll();
		assertThat(this.seen).hasSize(3).startsWith(event(1), event(2));
		assertThat(this.seen.get(2)).isInstanceOfSatisfying(InternalError.class, (error) -> {
			assertThat(error.text()).contains(ObserversTests.class.getName()).contains("failed");
			assertThat(error.failure()).isSameAs(failure);
			assertThat(error.at()).isEqualTo(event(1).at());
			assertThat(error.attempt()).isEqualTo(1);
		});
		assertThat(observers.failures()).isEqualTo(1);
	}

	@Test
	void failureWithTheFailureIsOnlyCounted() {
		Observers observers = new Observers(List.of(failing(new AssertionError("planned"), -1), this.seen::add),
				this.workers, this.completions);
		observers.tell(event(1));
		this.workers.runAll();
		assertThat(this.seen).hasSize(2);
		assertThat(observers.failures()).isEqualTo(2);
	}

	@Test
	void withoutObserversNothingIsSubmitted() {
		new Observers(List.of(), this.workers, this.completions).tell(event(1));
		assertThat(this.workers.pending()).isZero();
	}

	@Test
	void connectionIsAddedByItsThreadAndBeforeAnythingElse() {
		ConnectionObserver broken = new Remembering("broken") {

			@Override
			public void onAdded(WebSocketConnection connection) {
				throw new IllegalStateException("planned");
			}

		};
		Observers observers = new Observers(List.of(broken, new Remembering("sound")), this.workers, this.completions);
		observers.added(new StubConnection("test"));
		assertThat(this.calls).containsExactly("sound added test");
		this.workers.runAll();
		assertThat(this.calls).containsExactly("sound added test", "broken InternalError", "sound InternalError");
	}

	@Test
	void removalIsToldAfterEverythingElseAndThenNothing() {
		Observers observers = new Observers(List.of(new Remembering("a"), new Remembering("b")), this.workers,
				this.completions);
		observers.tell(event(1));
		CompletableFuture<Void> removed = observers.remove(new StubConnection("test"));
		observers.tell(event(2));
		assertThat(this.calls).isEmpty();
		this.workers.runAll();
		assertThat(this.calls).containsExactly("a Closing", "b Closing", "a Closing", "b Closing", "a removed test",
				"b removed test");
		assertThat(removed).isCompleted();
		observers.tell(event(3));
		assertThat(this.workers.pending()).isZero();
	}

	@Test
	void observerThatFailsWithARemovalDelaysNobody() {
		ConnectionObserver broken = new Remembering("broken") {

			@Override
			public void onRemoved(WebSocketConnection connection) {
				throw new IllegalStateException("planned");
			}

		};
		Observers observers = new Observers(List.of(broken, new Remembering("sound")), this.workers, this.completions);
		CompletableFuture<Void> removed = observers.remove(new StubConnection("test"));
		this.workers.runAll();
		assertThat(this.calls).containsExactly("sound removed test");
		assertThat(observers.failures()).isEqualTo(1);
		assertThat(removed).isCompleted();
	}

	@Test
	void withoutObserversARemovalCompletesToo() {
		CompletableFuture<Void> removed = new Observers(List.of(), this.workers, this.completions)
			.remove(new StubConnection("test"));
		this.workers.runAll();
		assertThat(removed).isCompleted();
	}

	@Test
	void moreEventsThanMayWaitFold() {
		Observers observers = new Observers(List.of(this.seen::add), this.workers, this.completions);
		for (int i = 1; i <= EventBuffer.CAPACITY + 3; i++) {
			observers.tell(event(i));
		}
		this.workers.runAll();
		assertThat(this.seen).hasSize(EventBuffer.CAPACITY + 1).element(1).isEqualTo(event(4));
		assertThat(this.seen.get(0)).isInstanceOfSatisfying(EventsSkipped.class,
				(skipped) -> assertThat(skipped.counts()).containsExactly(Map.entry("Closing", 3L)));
	}

	private static ConnectionEvent event(long attempt) {
		return new ConnectionEvent.Closing("test", attempt, Instant.EPOCH.plusSeconds(attempt));
	}

	private static ConnectionObserver failing(Throwable failure, long attempt) {
		return (event) -> {
			if (attempt < 0 || (event.attempt() == attempt && !(event instanceof InternalError))) {
				ObserversTests.<RuntimeException>sneak(failure);
			}
		};
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(Throwable failure) throws T {
		throw (T) failure;
	}

	private class Remembering implements ConnectionObserver {

		private final String name;

		Remembering(String name) {
			this.name = name;
		}

		@Override
		public void onEvent(ConnectionEvent event) {
			ObserversTests.this.calls.add(this.name + " " + event.getClass().getSimpleName());
		}

		@Override
		public void onAdded(WebSocketConnection connection) {
			ObserversTests.this.calls.add(this.name + " added " + connection.name());
		}

		@Override
		public void onRemoved(WebSocketConnection connection) {
			ObserversTests.this.calls.add(this.name + " removed " + connection.name());
		}

	}

}
