package io.github.websocketresilience.sample;

import java.util.Optional;

import io.github.websocketresilience.messaging.WebSocketListener;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Keeps the last quote that the managed client received, read as its type.
 */
@RestController
class QuoteController {

	private volatile @Nullable Quote last;

	@WebSocketListener(match = "/symbol=ACME")
	void on(Quote quote) {
		this.last = quote;
	}

	@GetMapping("/demo/quote")
	ResponseEntity<Quote> quote() {
		return ResponseEntity.of(Optional.ofNullable(this.last));
	}

	/**
	 * What the server says of a stock.
	 *
	 * @param symbol the stock
	 * @param price its price
	 */
	record Quote(String symbol, double price) {
	}

}
