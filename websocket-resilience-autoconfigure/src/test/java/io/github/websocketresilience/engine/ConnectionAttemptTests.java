package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionAttempt}: what threads alone bring about.
 */
class ConnectionAttemptTests {

	private final TestConnection connection = new TestConnection();

	@Test
	void customizersOfAnAttemptThatHasEndedAreNotAsked() {
		CompletableFuture<Void> late = new CompletableFuture<>();
		List<Long> asked = new ArrayList<>();
		this.connection.customizer((request) -> late).customizer((request) -> {
			asked.add(request.attempt());
			return null;
		});
		ManualAttempt attempt = this.connection.start();
		attempt.starts();
		attempt.prepares();
		this.connection.engine().close();
		late.complete(null);
		this.connection.settle();
		assertThat(asked).isEmpty();
	}

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
