package io.github.websocketresilience.sample;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.EventListener;

import static org.awaitility.Awaitility.await;

/**
 * Sees what happens to managed connections.
 */
@TestComponent
class Witness {

	private final Queue<WebSocketStateEvent> changes = new ConcurrentLinkedQueue<>();

	private final Queue<WebSocketMessageEvent> messages = new ConcurrentLinkedQueue<>();

	@EventListener
	void on(WebSocketStateEvent change) {
		this.changes.add(change);
	}

	@EventListener
	void on(WebSocketMessageEvent message) {
		this.messages.add(message);
	}

	void forget() {
		this.changes.clear();
		this.messages.clear();
	}

	Disconnect awaitEnd(String connection, Predicate<Disconnect> wanted) {
		await("end of " + connection).atMost(Sample.PATIENCE).until(() -> end(connection, wanted) != null);
		Disconnect end = end(connection, wanted);
		if (end == null) {
			throw new AssertionError("forgotten");
		}
		return end;
	}

	void awaitOpen(String connection) {
		await(connection + " to be open again").atMost(Sample.PATIENCE)
			.until(() -> this.changes.stream()
				.anyMatch((it) -> it.connection().name().equals(connection) && it.to() == ConnectionState.OPEN));
	}

	void awaitMessage(String connection, Predicate<String> wanted) {
		await("message of " + connection).atMost(Sample.PATIENCE)
			.until(() -> this.messages.stream()
				.anyMatch((it) -> it.connection().name().equals(connection) && wanted.test(it.text())));
	}

	private @Nullable Disconnect end(String connection, Predicate<Disconnect> wanted) {
		return this.changes.stream()
			.filter((it) -> it.connection().name().equals(connection))
			.map(WebSocketStateEvent::cause)
			.filter((it) -> it != null && wanted.test(it))
			.findFirst()
			.orElse(null);
	}

}
