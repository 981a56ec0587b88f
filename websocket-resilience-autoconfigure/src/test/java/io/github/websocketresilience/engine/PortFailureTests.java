package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent.InternalError;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for a transport that throws, which it must not: the socket pays for it, the
 * connection goes on.
 */
class PortFailureTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void connectThatThrowsIsAFailedAttempt() {
		this.connection.transport().breakAt("connect");
		this.connection.engine().start();
		this.connection.settle();
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		recovers();
	}

	@Test
	void writeThatThrowsEndsTheSocket() {
		ManualSocket socket = open();
		this.connection.transport().breakAt("write");
		CompletableFuture<Void> future = this.connection.engine().send("message");
		this.connection.settle();
		assertThat(socket.isWriting()).isFalse();
		assertThat(state()).isEqualTo(ConnectionState.WAITING);
		recovers();
		assertThat(future).as("sent on the next socket").isCompleted();
	}

	@Test
	void closeThatThrowsEndsTheSocket() {
		open();
		this.connection.transport().breakAt("close 1000");
		CompletableFuture<Void> closed = this.connection.engine().close();
		this.connection.settle();
		assertThat(closed).isCompleted();
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.clock().pending()).isEmpty();
	}

	@Test
	void abortOfASocketThatThrowsDoesNotStopTheConnection() {
		ManualSocket socket = open();
		this.connection.transport().breakAt("abort 1001");
		socket.breaks();
		this.connection.settle();
		this.connection.transport().breakAt(null);
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
	}

	@Test
	void abortOfAStaleSocketThatThrowsDoesNotCostTheLiveOne() {
		this.connection.start();
		ManualAttempt late = this.connection.transport().attempt();
		late.fails(Disconnect.of(Kind.CONNECT_FAILED, "refused"));
		this.connection.advance(Duration.ofSeconds(1));
		this.connection.open();
		this.connection.transport().breakAt("abort 1001");
		late.opens();
		this.connection.settle();
		assertThat(this.connection.events(InternalError.class)).hasSize(1);
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void abortOfAnAttemptThatThrowsDoesNotStopTheConnection() {
		this.connection.start();
		this.connection.transport().breakAt("abort attempt");
		this.connection.engine().close();
		this.connection.settle();
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void startThatFailsLeavesTheConnectionAsItWas() {
		this.connection.breakRetain(true);
		this.connection.engine().start();
		this.connection.settle();
		assertThat(state()).isEqualTo(ConnectionState.IDLE);
		assertThat(this.connection.heard()).containsExactly("InternalError");
		this.connection.engine().close();
		this.connection.engine().start();
		this.connection.settle();
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.connection.heard()).as("nothing follows closed").containsExactly("InternalError", "Closed");
		assertThat(this.connection.events(InternalError.class)).hasSize(2);
		this.connection.breakRetain(false);
		open();
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	@Test
	void connectionThatCannotRecoverSaysSoAndMayBeClosed() {
		this.connection.transport().breakAt("connect");
		this.connection.time().breakAt("retry");
		this.connection.engine().start();
		this.connection.settle();
		assertThat(this.connection.events(InternalError.class)).extracting(InternalError::text)
			.containsExactly("a task of connection 'prices' failed", "connection 'prices' could not recover");
		CompletableFuture<Void> closed = this.connection.engine().close();
		this.connection.settle();
		assertThat(closed).isCompleted();
		assertThat(state()).isEqualTo(ConnectionState.CLOSED);
	}

	private void recovers() {
		assertThat(this.connection.events(InternalError.class)).hasSize(1);
		assertThat(this.connection.engine().snapshot().lastDisconnect()).isNotNull()
			.satisfies((end) -> assertThat(end.kind()).isEqualTo(Kind.INTERNAL_ERROR));
		this.connection.transport().breakAt(null);
		this.connection.advance(Duration.ofSeconds(1));
		assertThat(state()).isEqualTo(ConnectionState.CONNECTING);
		this.connection.open();
		assertThat(state()).isEqualTo(ConnectionState.OPEN);
	}

	private ManualSocket open() {
		this.connection.start();
		return this.connection.open();
	}

	private ConnectionState state() {
		return this.connection.engine().state();
	}

}
