package io.github.websocketresilience.sample;

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

	@EventListener
	void on(WebSocketStateEvent change) {
		String cause = (change.cause() != null) ? ": " + change.cause().text() : "";
		String next = (change.nextDelay() != null) ? "; next attempt in " + change.nextDelay().toMillis() + "ms" : "";
		logger.info("{} -> {}{}{}", change.from(), change.to(), cause, next);
	}

	@EventListener
	void on(WebSocketMessageEvent event) {
		logger.info("received {}", (event.message() instanceof Message.Text) ? event.text() : event.message());
	}

}
