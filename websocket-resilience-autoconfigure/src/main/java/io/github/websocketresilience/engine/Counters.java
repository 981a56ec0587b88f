package io.github.websocketresilience.engine;

import java.util.concurrent.atomic.LongAdder;

import io.github.websocketresilience.ConnectionSnapshot.Amount;

/**
 * Counts messages. Any thread adds, any thread reads.
 */
final class Counters {

	private final LongAdder sent = new LongAdder();

	private final LongAdder sentBytes = new LongAdder();

	private final LongAdder received = new LongAdder();

	private final LongAdder receivedBytes = new LongAdder();

	void sent(int messages, long bytes) {
		this.sent.add(messages);
		this.sentBytes.add(bytes);
	}

	void received(int bytes) {
		this.received.increment();
		this.receivedBytes.add(bytes);
	}

	Amount sent() {
		return new Amount(this.sent.sum(), this.sentBytes.sum());
	}

	Amount received() {
		return new Amount(this.received.sum(), this.receivedBytes.sum());
	}

}
