package io.github.websocketresilience.sample.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.WebSocketListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/**
 * Counts what was missed, by gaps in the numbers of what came.
 */
@Component
public class Missed {

	private static final Logger logger = LoggerFactory.getLogger(Missed.class);

	private final Map<String, Seen> seen = new ConcurrentHashMap<>();

	/**
	 * Return how many messages were missed.
	 * @param connection the name of a connection
	 * @return how many, 0 if its messages are not numbered
	 */
	public long of(String connection) {
		Seen seen = this.seen.get(connection);
		return (seen != null) ? seen.missed() : 0;
	}

	@WebSocketListener(connections = Quote.FEED, match = "/symbol=ACME")
	@WebSocketListener(connections = "keyed-push", match = "/message=push")
	void on(Numbered message, WebSocketConnection connection) {
		String name = connection.name();
		Seen before = this.seen.getOrDefault(name, new Seen(message.sequence(), 0));
		long gap = Math.max(0, message.sequence() - before.last() - 1);
		this.seen.put(name, new Seen(message.sequence(), before.missed() + gap));
		if (gap > 0) {
			logger.info("{}: {} missed", name, gap);
		}
	}

	/**
	 * A message with a number.
	 *
	 * @param sequence one more than that of the message before
	 */
	record Numbered(long sequence) {
	}

	/**
	 * What was seen of a connection.
	 *
	 * @param last the last number
	 * @param missed how many had been left out until then
	 */
	private record Seen(long last, long missed) {
	}

}
