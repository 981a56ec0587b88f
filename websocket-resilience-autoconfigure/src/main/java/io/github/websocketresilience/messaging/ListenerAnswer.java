package io.github.websocketresilience.messaging;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.MethodParameter;
import org.springframework.messaging.handler.invocation.ReactiveReturnValueHandler;

/**
 * Sends what a method returned. What becomes of the message is told by the connection.
 *
 * @param listener the name of the method
 * @param connection the connection whose message is answered
 */
record ListenerAnswer(String listener, WebSocketConnection connection) {

	private static final Logger logger = LoggerFactory.getLogger(ListenerAnswer.class);

	private static final ReactiveReturnValueHandler REACTIVE = new ReactiveReturnValueHandler();

	/**
	 * Send an answer, now or when it completes.
	 * @param value what the method returned
	 * @param type the type of it
	 */
	void send(Object value, MethodParameter type) {
		if (value instanceof CompletionStage<?> later) {
			later.whenComplete(this::completed);
		}
		else if (REACTIVE.isAsyncReturnValue(value, type)) {
			CompletionStage<?> later = REACTIVE.toCompletableFuture(value, type);
			if (later != null) {
				later.whenComplete(this::completed);
			}
		}
		else {
			send(value);
		}
	}

	private void completed(@Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			warn(failure);
		}
		else if (value != null) {
			try {
				send(value);
			}
			catch (RuntimeException ex) {
				warn(ex);
			}
		}
	}

	// Of what failed only the class: the text may show the payload
	private void warn(Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		logger.warn("{}: the answer of listener {} failed with {}", this.connection.name(), this.listener,
				cause.getClass().getName());
	}

	// What becomes of a message is counted and told as an event
	@SuppressWarnings("FutureReturnValueIgnored")
	private void send(Object value) {
		if (value instanceof String text) {
			this.connection.send(text);
		}
		else if (value instanceof byte[] bytes) {
			this.connection.send(bytes);
		}
		else if (value instanceof Message message) {
			this.connection.send(message);
		}
		else {
			this.connection.sendJson(value);
		}
	}

}
