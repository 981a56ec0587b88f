package io.github.websocketresilience.engine;

import java.time.Instant;
import java.util.Map;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.EventsSkipped;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventBuffer}.
 */
class EventBufferTests {

	private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	private final EventBuffer buffer = new EventBuffer();

	private long sequence;

	@Test
	void asManyAsFitComeOutInOrder() {
		addMissed(EventBuffer.CAPACITY);
		assertThat(this.buffer.size()).isEqualTo(EventBuffer.CAPACITY);
		for (int i = 1; i <= EventBuffer.CAPACITY; i++) {
			assertThat(this.buffer.headSequence()).isEqualTo(i);
			assertThat(this.buffer.remove()).isEqualTo(missed(i));
		}
		assertThat(this.buffer.isEmpty()).isTrue();
	}

	@Test
	void oneMoreFoldsTheOldest() {
		addMissed(EventBuffer.CAPACITY + 1);
		assertThat(this.buffer.size()).isEqualTo(EventBuffer.CAPACITY + 1);
		assertThat(this.buffer.remove())
			.isEqualTo(new EventsSkipped("test", 1, START.plusSeconds(1), Map.of("HeartbeatMissed", 1L)));
		assertThat(this.buffer.remove()).isEqualTo(missed(2));
	}

	@Test
	void foldCarriesTheCountOfEachKindAndTheNewestTimeAndTakesItsPlace() {
		add(new ConnectionEvent.Closing("test", 0, START));
		add(new ConnectionEvent.Closing("test", 0, START));
		addMissed(EventBuffer.CAPACITY + 5);
		assertThat(this.buffer.size()).isEqualTo(EventBuffer.CAPACITY + 1);
		assertThat(this.buffer.headSequence()).isEqualTo(7);
		assertThat(this.buffer.remove()).isEqualTo(
				new EventsSkipped("test", 7, START.plusSeconds(7), Map.of("Closing", 2L, "HeartbeatMissed", 5L)));
		assertThat(this.buffer.headSequence()).isEqualTo(8);
		assertThat(this.buffer.size()).isEqualTo(EventBuffer.CAPACITY);
	}

	@Test
	void nextFoldCountsFromTheBeginning() {
		addMissed(EventBuffer.CAPACITY + 5);
		this.buffer.remove();
		addMissed(2);
		assertThat(((EventsSkipped) this.buffer.remove()).counts()).isEqualTo(Map.of("HeartbeatMissed", 2L));
		assertThat(this.buffer.remove()).isEqualTo(missed(8));
	}

	@Test
	void bufferIsEmptyOnceTheFoldAndTheEventsAreGone() {
		addMissed(EventBuffer.CAPACITY + 1);
		ConnectionEvent fold = this.buffer.remove();
		assertThat(fold).isInstanceOf(EventsSkipped.class);
		for (int i = 0; i < EventBuffer.CAPACITY; i++) {
			assertThat(this.buffer.isEmpty()).isFalse();
			this.buffer.remove();
		}
		assertThat(this.buffer.isEmpty()).isTrue();
		assertThat(this.buffer.size()).isZero();
	}

	private void addMissed(int events) {
		for (int i = 0; i < events; i++) {
			add(missed(this.sequence + 1));
		}
	}

	private void add(ConnectionEvent event) {
		this.buffer.add(++this.sequence, event);
	}

	private static ConnectionEvent missed(long number) {
		return new ConnectionEvent.HeartbeatMissed("test", number, START.plusSeconds(number), (int) number);
	}

}
