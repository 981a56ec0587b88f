package io.github.websocketresilience.test.faults;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

/**
 * A listener that does not return from a message before it is released.
 */
final class BlockingListener implements ConnectionListener {

	private final CountDownLatch release = new CountDownLatch(1);

	private final Set<String> holders = ConcurrentHashMap.newKeySet();

	private final Set<String> delivered = ConcurrentHashMap.newKeySet();

	/**
	 * Return whose messages it was given.
	 * @return the names of the connections so far
	 */
	Set<String> holders() {
		return this.holders;
	}

	/**
	 * Return whose messages it returned from.
	 * @return the names of the connections so far
	 */
	Set<String> delivered() {
		return this.delivered;
	}

	void release() {
		this.release.countDown();
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		this.holders.add(connection.name());
		try {
			this.release.await();
			this.delivered.add(connection.name());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
