package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.EventsSkipped;
import io.github.websocketresilience.ConnectionEvent.InternalError;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Observers}.
 */
class ObserversTests {

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final List<ConnectionEvent> seen = new ArrayList<>();

	@Test
	void eventsAreToldInOrderByOneTaskOfTheIoGroup() {
		Observers observers = new Observers(List.of(this.seen::add), this.workers);
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
				this.workers);
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
		}), this.workers);
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
		Observers observers = new Observers(List.of(failing(failure, 1), this.seen::add), this.workers);
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
				this.workers);
		observers.tell(event(1));
		this.workers.runAll();
		assertThat(this.seen).hasSize(2);
		assertThat(observers.failures()).isEqualTo(2);
	}

	@Test
	void withoutObserversNothingIsSubmitted() {
		new Observers(List.of(), this.workers).tell(event(1));
		assertThat(this.workers.pending()).isZero();
	}

	@Test
	void moreEventsThanMayWaitFold() {
		Observers observers = new Observers(List.of(this.seen::add), this.workers);
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

}
