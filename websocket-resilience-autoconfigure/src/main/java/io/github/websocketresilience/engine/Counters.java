package io.github.websocketresilience.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

import io.github.websocketresilience.ConnectionSnapshot.Amount;

/**
 * Counts messages. Any thread adds, any thread reads.
 */
final class Counters {

	private static final VarHandle LAST_RECEIVED_AT;

	static {
		try {
			LAST_RECEIVED_AT = MethodHandles.lookup().findVarHandle(Counters.class, "lastReceivedAt", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final LongAdder sent = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final LongAdder received = new LongAdder();

	private final LongAdder receivedBytes = new LongAdder();

	@SuppressWarnings("unused") // through the handle
	private long lastReceivedAt;

	void sent(int messages, long bytes) {
		this.sent.add(messages);
		this.sentBytes.add(bytes);
	}

	void received(int bytes, long at) {
		LAST_RECEIVED_AT.setOpaque(this, at);
		this.received.increment();
		this.receivedBytes.add(bytes);
	}

	/**
	 * Return when the last message was received. Meaningful once one was.
	 */
	long lastReceivedAt() {
		return (long) LAST_RECEIVED_AT.getOpaque(this);
	}

	Amount sent() {
		return new Amount(this.sent.sum(), this.sentBytes.sum());
	}

	Amount received() {
		return new Amount(this.received.sum(), this.receivedBytes.sum());
	}

}
