package io.github.websocketresilience.sample.page;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Takes note of the messages of connections: of at most 50 a second, so that a flood does
 * not drown the page, and of 25 of one connection, so that it does not drown the others.
 */
@Component
class MessageLog implements MessageObserver {

	private static final int MOST = 50;

	private static final int MOST_OF_ONE = 25;

	private final Recent<MessageLine> messages = new Recent<>(100);

	private final Map<String, Integer> taken = new HashMap<>();

	private final Map<String, Integer> skipped = new HashMap<>();

	private Instant second = Instant.MIN;

	@Override
	public void onSend(Sending sending) {
		MessageLine line = MessageLine.out(sending.connection().name(), sending.message());
		sending.outcome().whenComplete((done, failure) -> add(line.withOutcome(outcome(failure))));
	}

	@Override
	public void onReceive(WebSocketConnection connection, Message message) {
		add(MessageLine.in(connection.name(), message));
	}

	Recent<MessageLine> messages() {
		return this.messages;
	}

	/**
	 * Return how many messages were left out since this was last asked.
	 */
	synchronized List<Skipped> skipped() {
		List<Skipped> skipped = this.skipped.entrySet()
			.stream()
			.map((it) -> new Skipped("skipped", it.getKey(), it.getValue()))
			.toList();
		this.skipped.clear();
		return skipped;
	}

	private synchronized void add(MessageLine line) {
		Instant now = Instant.now();
		if (now.isAfter(this.second.plus(Duration.ofSeconds(1)))) {
			this.second = now;
			this.taken.clear();
		}
		int all = this.taken.values().stream().mapToInt(Integer::intValue).sum();
		int mine = this.taken.getOrDefault(line.connection(), 0);
		if (all < MOST && mine < MOST_OF_ONE) {
			this.taken.put(line.connection(), mine + 1);
			this.messages.add(line);
		}
		else {
			this.skipped.merge(line.connection(), 1, Integer::sum);
		}
	}

	private static String outcome(@Nullable Throwable failure) {
		if (failure instanceof SendFailedException failed) {
			return failed.reason().name();
		}
		return (failure != null) ? failure.getClass().getSimpleName() : "HANDED_OVER";
	}

	/**
	 * Messages that were left out, as the page is told.
	 *
	 * @param type what this is
	 * @param connection whose
	 * @param count how many
	 */
	record Skipped(String type, String connection, int count) {
	}

}
