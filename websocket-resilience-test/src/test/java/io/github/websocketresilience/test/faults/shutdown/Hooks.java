package io.github.websocketresilience.test.faults.shutdown;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

import org.springframework.context.support.GenericApplicationContext;

import static org.awaitility.Awaitility.await;

/**
 * The application's listener and its customizer, which hold their threads where the
 * situation wants it.
 */
final class Hooks implements ConnectionListener {

	private final CountDownLatch release = new CountDownLatch(1);

	private final AtomicInteger held = new AtomicInteger();

	private final Situation situation;

	Hooks(Situation situation) {
		this.situation = situation;
	}

	void register(GenericApplicationContext context) {
		context.registerBean("listener", ConnectionListener.class, () -> this);
		context.registerBean("customizer", HandshakeCustomizer.class, () -> (request) -> {
			customize(request);
			return null;
		});
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		switch (this.situation) {
			case LISTENER_BLOCKS, ALL_LISTENERS_BLOCK, PAUSED -> hold();
			default -> {
				// The others want none of them.
			}
		}
	}

	private void customize(HandshakeRequest request) {
		if (this.situation == Situation.CUSTOMIZER_BLOCKS) {
			hold();
		}
		else if (this.situation == Situation.STUCK_FIRST_MESSAGE) {
			request.firstMessage("x".repeat(7_000_000));
		}
	}

	private void hold() {
		this.held.incrementAndGet();
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void awaitHeld(int threads) {
		await("threads held").atMost(Scene.PATIENCE).until(() -> this.held.get() >= threads);
	}

	/**
	 * Let go of all threads that are held, and hold none any more.
	 */
	void release() {
		this.release.countDown();
	}

}
