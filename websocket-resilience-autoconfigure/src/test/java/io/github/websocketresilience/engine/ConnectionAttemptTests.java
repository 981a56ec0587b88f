package io.github.websocketresilience.engine;

import java.util.Objects;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionAttempt}: what threads alone bring about.
 */
class ConnectionAttemptTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void writeThatEndedBeforeItsEndWasWantedIsToldAllTheSame() {
		this.connection.transport().hold();
		this.connection.start();
		ManualSocket socket = this.connection.open();
		this.connection.engine().send("one");
		socket.take();
		socket.flush();
		ManagedConnection engine = this.connection.engine();
		long before = engine.stale();
		new ConnectionAttempt(engine, 2).wantWriteEnd(Objects.requireNonNull(engine.writer()));
		assertThat(engine.stale()).as("told, of an attempt that is not the current one").isEqualTo(before + 1);
	}

}
