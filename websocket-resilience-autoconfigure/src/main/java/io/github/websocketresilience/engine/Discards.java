package io.github.websocketresilience.engine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSnapshot.Amount;

/**
 * Counts what is not delivered, and tells it at most once per reason and second. Counting
 * is done by any thread; telling by the serial executor.
 */
final class Discards {

	private static final long WINDOW = TimeUnit.SECONDS.toNanos(1);

	private final AtomicLongArray counts = new AtomicLongArray(DiscardReason.values().length);

	private final long[] told = new long[DiscardReason.values().length];

	private final AtomicLong bytes = new AtomicLong();

	private final AtomicBoolean telling = new AtomicBoolean();

	private final SerialExecutor serial;

	private final Journal journal;

	private final Timer window;

	Discards(Time time, SerialExecutor serial, Journal journal) {
		this.serial = serial;
		this.journal = journal;
		this.window = new Timer("event count", time, serial, this::tellAndWait);
	}

	void add(DiscardReason reason, int messages, long bytes) {
		if (messages > 0) {
			this.counts.addAndGet(reason.ordinal(), messages);
			this.bytes.addAndGet(bytes);
			if (this.telling.compareAndSet(false, true)) {
				this.serial.execute(this::tellFirst);
			}
		}
	}

	long count(DiscardReason reason) {
		return this.counts.get(reason.ordinal());
	}

	Amount total() {
		long messages = 0;
		for (int i = 0; i < this.counts.length(); i++) {
			messages += this.counts.get(i);
		}
		return new Amount(messages, this.bytes.get());
	}

	/**
	 * A new run begins: what was discarded while closed is counted and never told.
	 */
	void begin() {
		for (int i = 0; i < this.told.length && this.journal.isClosed(); i++) {
			this.told[i] = this.counts.get(i);
		}
	}

	/**
	 * Tell at once what was not told yet: the connection is about to close.
	 */
	void flush() {
		this.window.cancel();
		this.telling.set(false);
		tell();
	}

	private void tellFirst() {
		if (!this.window.isArmed()) {
			tellAndWait();
		}
	}

	/**
	 * Whoever counts after the flag was cleared asks again, so nothing stays untold.
	 */
	private void tellAndWait() {
		this.telling.set(false);
		if (!this.journal.isClosed() && tell()) {
			this.telling.set(true);
			this.window.arm(WINDOW);
		}
	}

	private boolean tell() {
		boolean any = false;
		for (DiscardReason reason : DiscardReason.values()) {
			long count = count(reason);
			long fresh = count - this.told[reason.ordinal()];
			if (fresh > 0) {
				this.told[reason.ordinal()] = count;
				this.journal.discarded(reason, fresh);
				any = true;
			}
		}
		return any;
	}

}
