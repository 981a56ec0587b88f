package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code send} never blocks and never throws; its future says what became of the message,
 * and the server has nothing else to say of it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SendPromiseTests {

	private static final byte[] LARGE = new byte[100_000];

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Doing> whenSent() {
		return Stream.of(Doing.values());
	}

	/**
	 * Blocking would be for one of the timeouts, of which the shortest is twice as long.
	 */
	@ParameterizedTest
	@MethodSource("whenSent")
	void sendNeverBlocksAndNeverThrowsAndEveryFutureCompletes(Doing doing) {
		doing.script.accept(this.server.attempt(1));
		List<CompletableFuture<Void>> futures = new ArrayList<>();
		try (StarterApplication application = start(Stream
			.concat(Stream.of("connect-timeout=20s", "outbound.send-timeout=20s", "close-timeout=2s"),
					Stream.of(doing.properties))
			.toArray(String[]::new))) {
			WebSocketConnection connection = application.connection();
			if (doing == Doing.CLOSING) {
				application.awaitState(ConnectionState.OPEN);
				connection.close();
			}
			application.awaitState(doing.state);
			long begin = System.nanoTime();
			for (int i = 0; i < 500; i++) {
				futures.add(connection.send(LARGE));
				futures.add(connection.send(new Message.Text("x"), "key"));
			}
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		}
		StarterApplication.until("all done", () -> futures.stream().allMatch(CompletableFuture::isDone));
		assertThat(futures).filteredOn(CompletableFuture::isCompletedExceptionally)
			.isNotEmpty()
			.allSatisfy((future) -> assertThat(failure(future)).isInstanceOf(SendFailedException.class));
	}

	@Test
	void handedToTheSocketIsNotReceived() {
		this.server.attempt(1).stopReading();
		try (StarterApplication application = start()) {
			application.assertReconnected(this.server, 1);
			application.connection().send("into the void").orTimeout(20, TimeUnit.SECONDS).join();
			this.server.connection(1).dropWithReset();
			application.assertReconnected(this.server, 2);
			application.connection().send("second").join();
			assertThat(this.server.awaitAttempt(2, StarterApplication.PATIENCE)
				.awaitText("second", StarterApplication.PATIENCE)
				.texts()).containsExactly("second");
			assertThat(this.server.connection(1).texts()).isEmpty();
		}
	}

	private static Throwable failure(CompletableFuture<Void> future) {
		return future.handle((sent, failure) -> failure).join();
	}

	private StarterApplication start(String... properties) {
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), properties));
	}

	/**
	 * What a connection may be doing when something is sent.
	 */
	enum Doing {

		IDLE(ConnectionState.IDLE, AttemptScript::accept, "auto-startup=false"),

		CONNECTING(ConnectionState.CONNECTING, AttemptScript::neverAnswer),

		WAITING(ConnectionState.WAITING, (script) -> script.refuse(503), "reconnect.delay=1h"),

		STUCK(ConnectionState.OPEN, AttemptScript::stopReading),

		CLOSING(ConnectionState.CLOSING, AttemptScript::ignoreClose),

		CLOSED(ConnectionState.CLOSED, (script) -> script.refuse(503), "reconnect.enabled=false");

		private final ConnectionState state;

		private final Consumer<AttemptScript> script;

		private final String[] properties;

		Doing(ConnectionState state, Consumer<AttemptScript> script, String... properties) {
			this.state = state;
			this.script = script;
			this.properties = properties;
		}

	}

}
