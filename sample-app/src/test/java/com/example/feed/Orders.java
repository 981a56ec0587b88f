package com.example.feed;

import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Places orders and learns what became of them.
 */
@Component
class Orders {

	private final WebSocketConnection connection;

	private final JsonMapper json;

	Orders(WebSocketConnection connection, JsonMapper json) {
		this.connection = connection;
		this.json = json;
	}

	CompletableFuture<Status> place(Order order) {
		return this.connection.request(order).thenApply(this::status);
	}

	private Status status(Message reply) {
		return this.json.readValue(((Message.Text) reply).text(), Status.class);
	}

	/**
	 * What is wanted.
	 *
	 * @param symbol what to buy
	 * @param quantity how much
	 */
	record Order(String symbol, int quantity) {
	}

	/**
	 * What became of it.
	 *
	 * @param status what the server says
	 */
	record Status(String status) {
	}

}
