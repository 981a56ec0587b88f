package io.github.websocketresilience.sample.client;

import java.util.Optional;

import io.github.websocketresilience.messaging.WebSocketListener;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Keeps the last quote, read as its type.
 */
@RestController
class QuoteController {

	private volatile @Nullable Quote last;

	@WebSocketListener(connections = Quote.FEED, match = "/symbol=ACME")
	void on(Quote quote) {
		this.last = quote;
	}

	@GetMapping("/api/quote")
	ResponseEntity<Quote> quote() {
		return ResponseEntity.of(Optional.ofNullable(this.last));
	}

}
