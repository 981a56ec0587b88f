package io.github.websocketresilience.transport;

import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM alive while something is retained: the container's threads are daemons,
 * so a client-only application would end with its {@code main} method.
 */
final class KeepAlive {

	private final Object lock = new Object();

	private int retained;

	private @Nullable CountDownLatch end;

	void retain() {
		synchronized (this.lock) {
			if (this.retained++ == 0) {
				this.end = start();
			}
		}
	}

	void release() {
		synchronized (this.lock) {
			if (this.retained > 0 && --this.retained == 0) {
				end();
			}
		}
	}

	void releaseAll() {
		synchronized (this.lock) {
			this.retained = 0;
			end();
		}
	}

	private void end() {
		if (this.end != null) {
			this.end.countDown();
			this.end = null;
		}
	}

	private static CountDownLatch start() {
		CountDownLatch end = new CountDownLatch(1);
		Thread thread = new Thread(() -> await(end), "ws-keep-alive");
		thread.setDaemon(false);
		thread.start();
		return end;
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			// Nobody interrupts it but one who wants the JVM to end.
			Thread.currentThread().interrupt();
		}
	}

}
