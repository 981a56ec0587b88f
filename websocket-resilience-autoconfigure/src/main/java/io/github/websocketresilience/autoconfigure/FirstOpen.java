package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.Disconnect;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a connection is OPEN for the first time, or closed without ever having
 * been, and remembers what went wrong.
 */
final class FirstOpen implements ConnectionObserver {

	private final CountDownLatch decided = new CountDownLatch(1);

	private volatile boolean open;

	private volatile @Nullable Disconnect lastFailure;

	@Override
	public void onEvent(ConnectionEvent event) {
		if (event instanceof ConnectionEvent.Opened) {
			this.open = true;
			this.decided.countDown();
		}
		else if (event instanceof ConnectionEvent.Disconnected disconnected) {
			this.lastFailure = disconnected.disconnect();
		}
		else if (event instanceof ConnectionEvent.Closed) {
			this.decided.countDown();
		}
	}

	/**
	 * Wait.
	 * @param time how long at most
	 * @return whether the connection was open
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	boolean await(Duration time) throws InterruptedException {
		return this.decided.await(time.toNanos(), TimeUnit.NANOSECONDS) && this.open;
	}

	/**
	 * Return what went wrong last.
	 * @return one line for people, without secrets
	 */
	String lastFailure() {
		Disconnect failure = this.lastFailure;
		return (failure != null) ? failure.text() : "no answer yet";
	}

}
