package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.Opened;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.ServerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of what is sent, as the server sees it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OrderPromiseTests {

	private static final int MESSAGES = 3000;

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void onEverySocketFirstMessagesComeBeforeOnOpenSendBeforeQueuedBeforeNew() {
		this.server.attempt(1).refuse(503);
		HandshakeCustomizer login = (request) -> {
			request.firstMessage("login " + request.attempt()).firstMessage("hello");
			return null;
		};
		ConnectionListener sender = new ConnectionListener() {

			@Override
			public void onEvent(WebSocketConnection connection, ConnectionEvent event) {
				if (event instanceof Opened) {
					connection.send("new " + event.attempt());
				}
			}

		};
		try (StarterApplication application = StarterApplication.startWith((context) -> {
			context.registerBean("login", HandshakeCustomizer.class, () -> login);
			context.registerBean("sender", ConnectionListener.class, () -> sender);
		}, ExactDelays.properties(this.server.uri(), "on-open.send[0]=subscribe, one", "on-open.send[1]=subscribe, two",
				"reconnect.delay=1h"))) {
			application.awaitState(ConnectionState.WAITING);
			assertOrder(application, 2);
			this.server.connection(2).dropWithReset();
			application.awaitState(ConnectionState.WAITING);
			assertOrder(application, 3);
		}
	}

	private void assertOrder(StarterApplication application, int attempt) {
		application.connection().send("queued one");
		application.connection().send("queued two");
		application.connection().reconnect();
		ServerConnection socket = this.server.awaitAttempt(attempt, StarterApplication.PATIENCE)
			.awaitText("new " + attempt, StarterApplication.PATIENCE);
		assertThat(socket.texts()).containsExactly("login " + attempt, "hello", "subscribe, one", "subscribe, two",
				"queued one", "queued two", "new " + attempt);
	}

	/**
	 * Whatever the ends of sockets do to single messages: nothing comes twice or out of
	 * order, what the future says is true, and nothing is lost without a word.
	 */
	@Test
	void orderIsKeptAcrossReconnectsAndEveryFutureIsRight() {
		for (int attempt = 1; attempt <= 8; attempt++) {
			end(attempt);
		}
		Map<Integer, CompletableFuture<Void>> futures = new TreeMap<>();
		try (StarterApplication application = StarterApplication
			.start(ExactDelays.properties(this.server.uri(), "reconnect.delay=5ms", "reconnect.multiplier=1"))) {
			WebSocketConnection connection = application.connection();
			for (int number = 1; number <= MESSAGES; number++) {
				CompletableFuture<Void> future = connection.send(Integer.toString(number));
				futures.put(number, future);
				if (number % 100 == 0) {
					// Those before are dealt with or wait: the queue never gets full.
					StarterApplication.until("room", () -> connection.snapshot().queue().messages() < 300);
				}
			}
			StarterApplication.until("done", () -> futures.values().stream().allMatch(CompletableFuture::isDone));
			application.assertReconnected(this.server, 9);
			connection.send("end").orTimeout(20, TimeUnit.SECONDS).join();
			this.server.connection(9).awaitText("end", StarterApplication.PATIENCE);
		}
		List<Integer> received = received();
		assertThat(received).isSorted().doesNotHaveDuplicates();
		futures.forEach((number, future) -> {
			if (future.isCompletedExceptionally()) {
				assertThat(future.handle((sent, failure) -> ((SendFailedException) failure).reason()).join())
					.isEqualTo(Reason.LOST_IN_FLIGHT);
			}
		});
		assertThat(received).hasSizeGreaterThan(MESSAGES / 4);
	}

	/**
	 * In the midst of messages, each time in another way.
	 */
	private void end(int attempt) {
		switch (attempt % 4) {
			case 0 -> this.server.attempt(attempt).thenAfter(Duration.ofMillis(20)).close(1001, "");
			case 1 -> this.server.attempt(attempt).thenAfter(Duration.ofMillis(20)).dropWithReset();
			case 2 -> this.server.attempt(attempt).thenAfter(Duration.ofMillis(20)).dropWithFin();
			default -> this.server.attempt(attempt)
				.stopReading()
				.thenAfter(Duration.ofMillis(50))
				.resumeReading()
				.close(1012, "");
		}
	}

	private List<Integer> received() {
		List<Integer> received = new ArrayList<>();
		this.server.connections()
			.forEach((socket) -> socket.texts()
				.stream()
				.filter((text) -> !text.equals("end"))
				.map(Integer::valueOf)
				.forEach(received::add));
		return received;
	}

}
