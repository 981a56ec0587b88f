package com.example.feed;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.websocketresilience.messaging.WebSocketListener;
import tools.jackson.databind.JsonNode;

import org.springframework.stereotype.Component;

/**
 * Takes each type of message of the feed with a method of its own.
 */
@Component
class Trades {

	final List<Object> seen = new CopyOnWriteArrayList<>();

	@WebSocketListener(match = "/type=trade")
	void on(Trade trade) {
		this.seen.add(trade);
	}

	@WebSocketListener(match = "/type=book")
	void on(JsonNode book) {
		this.seen.add(book.path("symbol").asString());
	}

	@WebSocketListener(pattern = "welcome .*")
	void on(String greeting) {
		this.seen.add(greeting);
	}

	@WebSocketListener(match = "/type=confirm")
	Confirmation confirm(Confirmable asked) {
		return new Confirmation("confirmed", asked.order());
	}

	/**
	 * A message of the feed.
	 *
	 * @param symbol what was traded
	 * @param price at what price
	 */
	record Trade(String symbol, double price) {
	}

	/**
	 * A message of the feed that wants an answer.
	 *
	 * @param order which order
	 */
	record Confirmable(String order) {
	}

	/**
	 * The answer.
	 *
	 * @param type of the message
	 * @param order which order
	 */
	record Confirmation(String type, String order) {
	}

}
