package com.example.feed;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Leaves the work to threads of the application.
 */
@Component
class HandingOver implements ConnectionListener {

	final List<String> handled = new CopyOnWriteArrayList<>();

	private final Executor executor;

	HandingOver(@Qualifier("applicationTaskExecutor") Executor executor) {
		this.executor = executor;
	}

	@Override
	public void onMessage(WebSocketConnection connection, Message message) {
		this.executor.execute(() -> handle(message));
	}

	private void handle(Message message) {
		this.handled.add(message.toString());
	}

}
