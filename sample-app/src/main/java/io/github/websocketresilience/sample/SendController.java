package io.github.websocketresilience.sample;

import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.WebSocketConnection;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sends through the managed client and reports what became of it.
 */
@RestController
class SendController {

	private final WebSocketConnection connection;

	SendController(WebSocketConnection connection) {
		this.connection = connection;
	}

	@PostMapping("/demo/send")
	CompletableFuture<String> send(@RequestParam String text) {
		return this.connection.send(text)
			.handle((done, failure) -> (failure != null) ? "failed: %s%n".formatted(failure.getMessage())
					: "handed to the socket%n".formatted());
	}

}
