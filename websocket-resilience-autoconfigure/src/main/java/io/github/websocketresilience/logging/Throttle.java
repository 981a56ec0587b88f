package io.github.websocketresilience.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ObjLongConsumer;

import io.github.websocketresilience.ConnectionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Says the same thing at once the first time, and then at most once in ten seconds, with
 * the number of what happened since.
 *
 * @param <E> the type of the events
 */
final class Throttle<E extends ConnectionEvent> {

	private static final Duration PERIOD = Duration.ofSeconds(10);

	private final ObjLongConsumer<E> writer;

	private @Nullable Instant lastSaid;

	private @Nullable E latest;

	private long number;

	Throttle(ObjLongConsumer<E> writer) {
		this.writer = writer;
	}

	void happened(E event, long number) {
		this.latest = event;
		this.number += number;
		sayIfDue(event.at());
	}

	void sayIfDue(Instant now) {
		// Absolute: a clock that was set back must not silence the log.
		if (this.lastSaid == null || Duration.between(this.lastSaid, now).abs().compareTo(PERIOD) >= 0) {
			say(now);
		}
	}

	void say(Instant now) {
		if (this.latest != null) {
			this.writer.accept(this.latest, this.number);
			this.lastSaid = now;
			this.latest = null;
			this.number = 0;
		}
	}

}
