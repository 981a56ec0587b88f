package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.DeliveryInterceptor.Delivery;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

/**
 * Calls listeners, each wrapped by the interceptors. What a listener throws loses its own
 * call only.
 */
final class Deliverer {

	private final WebSocketConnection connection;

	private final Hooks hooks;

	private final Workers workers;

	private final Completions completions;

	private final BiConsumer<ConnectionListener, Failure> failures;

	Deliverer(WebSocketConnection connection, Hooks hooks, Workers workers, Completions completions,
			BiConsumer<ConnectionListener, Failure> failures) {
		this.connection = connection;
		this.hooks = hooks;
		this.workers = workers;
		this.completions = completions;
		this.failures = failures;
	}

	void submit(Runnable drain) {
		this.workers.listeners(this.connection.name(), drain);
	}

	void complete(CompletableFuture<Void> future) {
		this.completions.succeed(future);
	}

	void deliver(ConnectionEvent event) {
		Delivery delivery = new Delivery(this.connection, null, event);
		for (ConnectionListener listener : this.hooks.listeners()) {
			call(listener, delivery, () -> listener.onEvent(this.connection, event));
		}
	}

	void deliver(Message message) {
		Delivery delivery = new Delivery(this.connection, message, null);
		for (ConnectionListener listener : this.hooks.listeners()) {
			call(listener, delivery, () -> listener.onMessage(this.connection, message));
		}
	}

	private void call(ConnectionListener listener, Delivery delivery, Runnable call) {
		try {
			intercepted(this.hooks.interceptors(), delivery, call).run();
		}
		catch (Throwable ex) {
			this.failures.accept(listener, new Failure(ex, delivery.message() != null));
		}
	}

	private static Runnable intercepted(List<DeliveryInterceptor> interceptors, Delivery delivery, Runnable call) {
		Runnable wrapped = call;
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			DeliveryInterceptor interceptor = interceptors.get(i);
			Runnable inner = wrapped;
			wrapped = () -> interceptor.intercept(delivery, inner);
		}
		return wrapped;
	}

	/**
	 * What a listener threw.
	 *
	 * @param cause the throwable
	 * @param onMessage whether it was handling a message
	 */
	record Failure(Throwable cause, boolean onMessage) {
	}

}
