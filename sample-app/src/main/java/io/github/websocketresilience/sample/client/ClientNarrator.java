package io.github.websocketresilience.sample.client;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.messaging.WebSocketListener;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells what an application sees of its feed of quotes. Two methods are all that it has
 * to write. The log of the starter tells of every connection.
 */
@Component
class ClientNarrator {

	private static final Logger logger = LoggerFactory.getLogger(ClientNarrator.class);

	private boolean first;

	/**
	 * What an application cares about: it has a connection, or has it no more.
	 */
	@EventListener
	void on(WebSocketStateEvent change) {
		if (!Quote.FEED.equals(change.connection().name())) {
			return;
		}
		if (change.to() == ConnectionState.OPEN) {
			this.first = true;
			logger.info("connected");
		}
		else if (change.from() == ConnectionState.OPEN) {
			logger.info("not connected{}", (change.cause() != null) ? ": " + change.cause().text() : "");
		}
	}

	/**
	 * One quote a second would be too much: the first of each connection is told.
	 */
	@WebSocketListener(connections = Quote.FEED, match = "/symbol=ACME")
	void on(Quote quote) {
		if (this.first) {
			logger.info("received {}", quote);
		}
		this.first = false;
	}

}
