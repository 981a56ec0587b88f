package io.github.websocketresilience.sample.page;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The buttons of a card. A close is answered when it is done.
 */
@RestController
@RequestMapping("/api/connections")
class ConnectionController {

	private final WebSocketConnections connections;

	private final Cards cards;

	ConnectionController(WebSocketConnections connections, Cards cards) {
		this.connections = connections;
		this.cards = cards;
	}

	@GetMapping
	List<Card> connections() {
		return this.cards.all();
	}

	@PostMapping("/{name}/start")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void start(@PathVariable String name) {
		find(name).start();
	}

	@PostMapping("/{name}/close")
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Void> close(@PathVariable String name) {
		return find(name).close();
	}

	@PostMapping("/{name}/reconnect")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void reconnect(@PathVariable String name) {
		find(name).reconnect();
	}

	private WebSocketConnection find(String name) {
		return this.connections.find(name).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
	}

}
