package io.github.websocketresilience.sample.client;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;

import org.springframework.stereotype.Component;

/**
 * Counts the messages that were not handed to the socket, whoever sent them.
 */
@Component
public class FailedSends implements MessageObserver {

	private final Map<String, Map<Reason, Long>> counts = new ConcurrentHashMap<>();

	@Override
	public void onSend(Sending sending) {
		sending.outcome().whenComplete((done, failure) -> {
			if (failure instanceof SendFailedException failed) {
				count(sending.connection().name(), failed.reason());
			}
		});
	}

	/**
	 * Return how many sends failed.
	 * @param connection the name of a connection
	 * @return how many, by reason
	 */
	public Map<Reason, Long> of(String connection) {
		return this.counts.getOrDefault(connection, Map.of());
	}

	private void count(String connection, Reason reason) {
		this.counts.compute(connection, (name, before) -> {
			Map<Reason, Long> now = new EnumMap<>(Reason.class);
			if (before != null) {
				now.putAll(before);
			}
			now.merge(reason, 1L, Long::sum);
			return now;
		});
	}

}
