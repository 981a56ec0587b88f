package io.github.websocketresilience.sample;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells what happens to the managed client. Two methods are all that an application has
 * to write.
 */
@Component
class ClientNarrator {

	private static final Logger logger = LoggerFactory.getLogger(ClientNarrator.class);

	/**
	 * What an application cares about: it has a connection, or has it no more. The log of
	 * the starter tells of the attempts between.
	 */
	@EventListener
	void on(WebSocketStateEvent change) {
		if (change.to() == ConnectionState.OPEN) {
			logger.info("connected");
		}
		else if (change.from() == ConnectionState.OPEN) {
			logger.info("not connected{}", (change.cause() != null) ? ": " + change.cause().text() : "");
		}
	}

	@EventListener
	void on(WebSocketMessageEvent event) {
		logger.info("received {}", (event.message() instanceof Message.Text) ? event.text() : event.message());
	}

}
