package io.github.websocketresilience.sample.page;

import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.sample.client.FailedSends;
import io.github.websocketresilience.sample.client.Missed;

import org.springframework.stereotype.Component;

/**
 * All cards.
 */
@Component
class Cards {

	private final List<String> recipes = Recipe.all().stream().map(Recipe::name).toList();

	private final WebSocketConnections connections;

	private final FailedSends failedSends;

	private final Missed missed;

	Cards(WebSocketConnections connections, FailedSends failedSends, Missed missed) {
		this.connections = connections;
		this.failedSends = failedSends;
		this.missed = missed;
	}

	/**
	 * Return the cards, those of recipes last.
	 */
	List<Card> all() {
		return StreamSupport.stream(this.connections.spliterator(), false)
			.sorted(Comparator.comparingInt((connection) -> this.recipes.indexOf(connection.name())))
			.map(this::card)
			.toList();
	}

	private Card card(WebSocketConnection connection) {
		String name = connection.name();
		return Card.of(connection.snapshot(), this.failedSends.of(name), this.missed.of(name),
				this.recipes.contains(name));
	}

}
