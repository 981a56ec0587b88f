package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSnapshot.Listening;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a snapshot says of received messages and of the time of listeners.
 */
class ListeningTests {

	private final TestConnection connection = new TestConnection();

	@ParameterizedTest
	@EnumSource
	void timeOfListenersIsMeasured(Dispatch dispatch) {
		this.connection.settings(
				(it) -> it.inbound(new Inbound(10, 1 << 20, InboundOverflow.PAUSE, dispatch, null, OnSilence.REPORT)))
			.listener(new Slow(Duration.ofMillis(100), Duration.ofMillis(10)));
		ManualSocket socket = open();
		this.connection.settle();
		Listening before = this.connection.engine().snapshot().listening();
		assertThat(before).isEqualTo(new Listening(0, Duration.ofMillis(20)));
		socket.text("one");
		this.connection.settle();
		this.connection.advance(Duration.ofSeconds(1));
		socket.text("two");
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().listening()).isEqualTo(new Listening(2, Duration.ofMillis(220)));
	}

	@Test
	void waitForTheNextTurnIsNotMeasured() {
		ManualSocket socket = open();
		this.connection.settle();
		IntStream.range(0, 65).mapToObj(String::valueOf).forEach(socket::text);
		SimulatedWorkers workers = this.connection.workers();
		assertThat(workers.pending()).isEqualTo(1);
		workers.run(0);
		assertThat(workers.pending()).as("one is left for the next turn").isEqualTo(1);
		this.connection.clock().moveTo(this.connection.clock().elapsed() + 1000);
		assertThat(this.connection.engine().snapshot().listening()).isEqualTo(new Listening(64, Duration.ZERO));
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().listening()).isEqualTo(new Listening(65, Duration.ZERO));
	}

	@Test
	void callUnderWayIsMeasuredToo() {
		Listening[] during = new Listening[1];
		this.connection.listener(new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection source, Message message) {
				ListeningTests.this.connection.advance(Duration.ofSeconds(3));
				during[0] = source.snapshot().listening();
			}

		});
		open().text("one");
		this.connection.settle();
		assertThat(during[0]).isEqualTo(new Listening(0, Duration.ofSeconds(3)));
		assertThat(this.connection.engine().snapshot().listening()).isEqualTo(new Listening(1, Duration.ofSeconds(3)));
	}

	@ParameterizedTest
	@EnumSource
	void lastMessageIsRemembered(Proof proof) {
		this.connection.settings((it) -> it
			.heartbeat(new Heartbeat(Duration.ofSeconds(25), Duration.ZERO, 1, null, Reply.DEFAULT, proof)));
		ManualSocket socket = open();
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(lastMessageAt()).isNull();
		Instant at = this.connection.clock().now();
		socket.text("one");
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(lastMessageAt()).isEqualTo(at);
		socket.breaks();
		this.connection.advance(Duration.ofSeconds(5));
		assertThat(lastMessageAt()).isEqualTo(at);
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private @Nullable Instant lastMessageAt() {
		return this.connection.engine().snapshot().lastMessageAt();
	}

	private final class Slow implements ConnectionListener {

		private final Duration onMessage;

		private final Duration onEvent;

		private Slow(Duration onMessage, Duration onEvent) {
			this.onMessage = onMessage;
			this.onEvent = onEvent;
		}

		@Override
		public void onEvent(WebSocketConnection source, ConnectionEvent event) {
			ListeningTests.this.connection.advance(this.onEvent);
		}

		@Override
		public void onMessage(WebSocketConnection source, Message message) {
			ListeningTests.this.connection.advance(this.onMessage);
		}

	}

}
