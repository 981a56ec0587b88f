package io.github.websocketresilience.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;

/**
 * Sends texts at a rate, on the event loop.
 */
final class RateSender {

	private static final Duration TICK = Duration.ofMillis(1);

	private final Wire wire;

	private final int count;

	private final int perSecond;

	private final IntFunction<String> text;

	private final Runnable done;

	private final long startedAt = System.nanoTime();

	private int sent;

	RateSender(Wire wire, int count, int perSecond, IntFunction<String> text, Runnable done) {
		this.wire = wire;
		this.count = count;
		this.perSecond = perSecond;
		this.text = text;
		this.done = done;
	}

	void begin() {
		while (this.sent < this.count && this.sent < due() && this.wire.isWritable()) {
			this.sent++;
			this.wire.write(new TextWebSocketFrame(this.text.apply(this.sent)));
		}
		if (this.sent < this.count) {
			this.wire.later(TICK, this::begin);
		}
		else {
			this.done.run();
		}
	}

	private long due() {
		long elapsed = System.nanoTime() - this.startedAt;
		return 1 + (long) ((double) elapsed * this.perSecond / TimeUnit.SECONDS.toNanos(1));
	}

}
