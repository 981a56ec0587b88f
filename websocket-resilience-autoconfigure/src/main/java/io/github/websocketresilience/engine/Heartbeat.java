package io.github.websocketresilience.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import io.github.websocketresilience.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * When to send a heartbeat and when to give the peer up. Lives in the serial executor of
 * one open socket, with one timer that re-arms itself: messages only note their time.
 * <p>
 * The timeout runs from the moment the heartbeat was handed to the socket and counts only
 * time in which we waited for the peer: not while reading was paused or the reader ran a
 * listener, and, when it is over during a write of ours, not the time of that write. When
 * this process was stopped meanwhile, one more heartbeat is granted.
 */
final class Heartbeat {

	/**
	 * What an awaited heartbeat gets at least when the reader is back: its reply may be
	 * behind everything that was not read.
	 */
	private static final long LEAST_WHEN_BACK = TimeUnit.SECONDS.toNanos(1);

	private final ConnectionSettings.Heartbeat settings;

	private final Time time;

	private final ConnectionAttempt attempt;

	private final Timer timer;

	private final StallGuard stalls;

	private final IntConsumer missedListener;

	private final long interval;

	private final long longestGrace;

	private long sequence;

	private long lastSent;

	private boolean handingOver;

	private @Nullable Awaited awaited;

	private int missed;

	private long missedAt;

	private boolean stopped;

	Heartbeat(ManagedConnection connection, ConnectionAttempt attempt, IntConsumer missedListener) {
		this.settings = connection.settings().heartbeat();
		this.time = connection.time();
		this.attempt = attempt;
		this.missedListener = missedListener;
		this.timer = new Timer("heartbeat", this.time, connection.serial(), this::check);
		this.interval = this.settings.interval().toNanos();
		this.stalls = new StallGuard(connection, this.timer,
				Math.min(this.interval, this.settings.timeout().toNanos()));
		this.longestGrace = connection.settings().outbound().sendTimeout().toNanos();
	}

	void start() {
		if (this.settings.isOn()) {
			this.lastSent = this.time.nanoTime();
			this.timer.arm(this.interval);
		}
	}

	void stop() {
		this.stopped = true;
		this.timer.cancel();
	}

	/**
	 * The timer fired, or something changed that it should know.
	 */
	void check() {
		if (this.handingOver || !this.settings.isOn()) {
			return;
		}
		long now = this.time.nanoTime();
		Awaited beat = this.awaited;
		if (beat != null && beat.isProven()) {
			this.awaited = null;
			this.missed = 0;
			this.stalls.reset();
		}
		else if (beat != null && !this.attempt.segment().isAway()) {
			await(beat, now);
			return;
		}
		sendIfDue(now);
	}

	private void sendIfDue(long now) {
		long last = this.lastSent;
		if (this.attempt.pulse().isProvenSince(last)) {
			last = this.attempt.pulse().provenAt();
		}
		long left = last + this.interval - now;
		if (left > 0) {
			this.timer.arm(left);
		}
		else {
			send();
		}
	}

	private void send() {
		Beat beat = Beat.of(this.settings, ++this.sequence, this.time);
		this.handingOver = true;
		this.timer.cancel();
		this.attempt.offerControl(this, beat.frame(), beat);
	}

	/**
	 * A heartbeat was written: from now on its reply is waited for.
	 */
	void handedOver(Beat beat) {
		this.handingOver = false;
		this.lastSent = this.time.nanoTime();
		if (this.attempt.pulse().isProvenSince(this.missedAt)) {
			// It came while this heartbeat waited behind other writes.
			this.missed = 0;
		}
		if (this.settings.isJudged() && this.awaited == null && !this.attempt.segment().isAway()) {
			this.awaited = new Awaited(beat, this.lastSent);
		}
		check();
	}

	private void await(Awaited beat, long now) {
		long left = beat.timeLeft(now);
		if (left > 0) {
			// Other traffic may prove life before the verdict, and the next heartbeat
			// is due an interval after that.
			this.timer.arm(Math.min(left, this.interval));
		}
		else if (!beat.waitsForWrite(this.attempt.runningWrite())) {
			if (this.stalls.grants()) {
				this.awaited = null;
				send();
			}
			else {
				miss();
			}
		}
	}

	/**
	 * The write ended that a verdict waited for.
	 */
	void writeEnded() {
		if (this.awaited != null) {
			this.awaited.grantWrite(this.time.nanoTime());
		}
		check();
	}

	private void miss() {
		this.awaited = null;
		this.missed++;
		this.missedAt = this.time.nanoTime();
		this.missedListener.accept(this.missed);
		if (!this.stopped) {
			send();
		}
	}

	/**
	 * A heartbeat whose reply is waited for.
	 */
	private final class Awaited {

		private final Beat beat;

		private final long handedOverAt;

		private final long awayBefore;

		private long granted;

		private long writeSince;

		private Awaited(Beat beat, long handedOverAt) {
			this.beat = beat;
			this.handedOverAt = handedOverAt;
			this.awayBefore = Heartbeat.this.attempt.segment().awayNanos();
		}

		private boolean isProven() {
			return Heartbeat.this.attempt.pulse().isProvenSince(this.beat.begunAt());
		}

		private long timeLeft(long now) {
			Segment segment = Heartbeat.this.attempt.segment();
			long away = segment.awayNanos() - this.awayBefore;
			long left = this.handedOverAt + Heartbeat.this.settings.timeout().toNanos() + this.granted + away - now;
			long back = segment.toldBackAt();
			boolean held = away > 0 && back - this.handedOverAt > 0;
			return held ? Math.max(left, back + LEAST_WHEN_BACK - now) : left;
		}

		/**
		 * The time is over: wait for the end of our own write if one is running, but for
		 * no longer in all than one write may take.
		 */
		private boolean waitsForWrite(@Nullable Writer writer) {
			if (writer == null || !writer.isWriting() || this.granted >= Heartbeat.this.longestGrace) {
				return false;
			}
			long since = writer.writingSince();
			this.writeSince = (since - this.handedOverAt > 0) ? since : this.handedOverAt;
			Heartbeat.this.attempt.wantWriteEnd(writer);
			return true;
		}

		private void grantWrite(long now) {
			this.granted += now - this.writeSince;
			this.writeSince = now;
		}

	}

}
