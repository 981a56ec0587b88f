package com.example.feed;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.WebSocketStateEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Keeps what is wanted, and says it to every socket.
 */
@Component
class Subscriptions {

	private final Set<String> symbols = ConcurrentHashMap.newKeySet();

	private final WebSocketConnection connection;

	Subscriptions(WebSocketConnection connection) {
		this.connection = connection;
	}

	void add(String symbol) {
		if (this.symbols.add(symbol) && this.connection.state() == ConnectionState.OPEN) {
			this.connection.sendJson(new Subscribe("subscribe", Set.of(symbol)));
		}
	}

	@EventListener
	void on(WebSocketStateEvent change) {
		if (change.to() == ConnectionState.OPEN && !this.symbols.isEmpty()) {
			this.connection.sendJson(new Subscribe("subscribe", Set.copyOf(this.symbols)));
		}
	}

	/**
	 * A message of the protocol.
	 *
	 * @param op what to do
	 * @param symbols with what
	 */
	record Subscribe(String op, Set<String> symbols) {
	}

}
