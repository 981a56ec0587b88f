package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.DeliveryInterceptor.Delivery;
import io.github.websocketresilience.ListenerMethodException;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

/**
 * Calls listeners, each wrapped by the interceptors. What a listener throws loses its own
 * call only.
 */
final class Deliverer {

	private final WebSocketConnection connection;

	private final Hooks hooks;

	private final Workers workers;

	private final Completions completions;

	private final Consumer<Failure> failures;

	Deliverer(WebSocketConnection connection, Hooks hooks, Workers workers, Completions completions,
			Consumer<Failure> failures) {
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
		for (MessageObserver observer : this.hooks.messages()) {
			observe(observer, message);
		}
		Delivery delivery = new Delivery(this.connection, message, null);
		for (ConnectionListener listener : this.hooks.listeners()) {
			if (handles(listener, message)) {
				call(listener, delivery, () -> listener.onMessage(this.connection, message));
			}
		}
	}

	private void observe(MessageObserver observer, Message message) {
		try {
			observer.onReceive(this.connection, message);
		}
		catch (Throwable ex) {
			tell(observer.getClass().getName(), ex, true);
		}
	}

	private boolean handles(ConnectionListener listener, Message message) {
		try {
			return listener.handles(this.connection, message);
		}
		catch (Throwable ex) {
			tell(listener.getClass().getName(), ex, true);
			return false;
		}
	}

	private void call(ConnectionListener listener, Delivery delivery, Runnable call) {
		try {
			intercepted(this.hooks.interceptors(), delivery, call).run();
		}
		catch (Throwable ex) {
			tell(listener.getClass().getName(), ex, delivery.message() != null);
		}
	}

	private void tell(String listener, Throwable failure, boolean onMessage) {
		this.failures.accept(failureOf(listener, failure, onMessage));
		if (failure instanceof ListenerMethodException) {
			for (Throwable further : failure.getSuppressed()) {
				this.failures.accept(failureOf(listener, further, onMessage));
			}
		}
	}

	private static Failure failureOf(String listener, Throwable failure, boolean onMessage) {
		Throwable cause = failure.getCause();
		if (failure instanceof ListenerMethodException method && cause != null) {
			return new Failure(method.listener(), cause, onMessage);
		}
		return new Failure(listener, failure, onMessage);
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
	 * @param listener which one, as it may be shown
	 * @param cause the throwable
	 * @param onMessage whether it was handling a message
	 */
	record Failure(String listener, Throwable cause, boolean onMessage) {

		private static final int DEEPEST = 16;

		/**
		 * Return what says that it could not read the message.
		 */
		@Nullable UnreadableMessageException unreadable() {
			Throwable next = this.onMessage ? this.cause : null;
			for (int depth = 0; next != null && depth < DEEPEST; depth++) {
				if (next instanceof UnreadableMessageException unreadable) {
					return unreadable;
				}
				next = next.getCause();
			}
			return null;
		}

	}

}
