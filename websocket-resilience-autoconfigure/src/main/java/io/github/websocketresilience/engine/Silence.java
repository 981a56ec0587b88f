package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Notices that no message comes, though the peer may be alive. Lives in the serial
 * executor of one open socket, with one timer that re-arms itself: messages only note
 * their time. Time in which the reader was away does not count, and when this process was
 * stopped, what came meanwhile may be read first.
 */
final class Silence {

	/** Enough to read what has arrived while we were stopped. */
	private static final long TO_READ = TimeUnit.SECONDS.toNanos(1);

	private final Time time;

	private final Pulse pulse;

	private final Segment segment;

	private final Consumer<Duration> listener;

	private final Timer timer;

	private final StallGuard stalls;

	private final long openedAt;

	private final long longest;

	private volatile @Nullable Told told;

	Silence(ManagedConnection connection, ConnectionAttempt attempt, Duration longest, Consumer<Duration> listener) {
		this.time = connection.time();
		this.pulse = attempt.pulse();
		this.segment = attempt.segment();
		this.listener = listener;
		this.timer = connection.newTimer("silence", this::check);
		this.openedAt = this.time.nanoTime();
		this.longest = longest.toNanos();
		this.stalls = new StallGuard(connection, this.timer, this.longest);
	}

	void start() {
		this.timer.arm(this.longest);
	}

	void stop() {
		this.timer.cancel();
	}

	private void check() {
		boolean away = this.segment.isAway();
		long left = heardAt() + this.longest - this.time.nanoTime();
		if (away || (left <= 0 && isTold())) {
			this.timer.arm(this.longest);
		}
		else if (left > 0) {
			this.stalls.reset();
			this.timer.arm(left);
		}
		else if (this.stalls.grants()) {
			this.timer.arm(Math.min(this.longest, TO_READ));
		}
		else {
			tell(this.longest - left);
		}
	}

	private void tell(long silence) {
		this.timer.arm(this.longest);
		this.told = new Told(this.pulse.messageAt(), this.time.now().minusNanos(silence));
		this.listener.accept(Duration.ofNanos(silence));
	}

	/**
	 * Return since when something could have been heard, had it been said.
	 */
	private long heardAt() {
		long heard = latest(this.openedAt, this.pulse.messageAt());
		return (this.segment.awayNanos() > 0) ? latest(heard, this.segment.backAt()) : heard;
	}

	private static long latest(long one, long other) {
		return (one - other > 0) ? one : other;
	}

	private boolean isTold() {
		return since() != null;
	}

	/**
	 * Return since when there is silence, as far as it was told and still lasts. Called
	 * by any thread.
	 */
	@Nullable Instant since() {
		Told last = this.told;
		return (last != null && last.messageAt() == this.pulse.messageAt()) ? last.since() : null;
	}

	/**
	 * A silence that was told.
	 *
	 * @param messageAt when the last message before it had come
	 * @param since when it began
	 */
	private record Told(long messageAt, Instant since) {
	}

}
