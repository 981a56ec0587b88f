package io.github.websocketresilience.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ManagedConnection}: what belongs to no phase.
 */
class ManagedConnectionTests {

	private final TestConnection connection = new TestConnection();

	private final List<String> told = new ArrayList<>();

	@Test
	void observersAreToldWhenItIsMadeAndWhenItIsRetired() {
		ManagedConnection engine = this.connection.observer(new Lifetime()).engine();
		assertThat(this.told).containsExactly("added prices IDLE");
		this.connection.start();
		this.connection.open();
		CompletableFuture<Void> retired = engine.retire();
		this.connection.settle();
		assertThat(retired).isNotDone();
		this.connection.transport().attempt().socket().peerCloses(1000);
		this.connection.settle();
		assertThat(retired).isCompleted();
		assertThat(this.told).containsExactly("added prices IDLE", "Attempted", "Opened", "Closing", "Disconnected",
				"Closed", "removed prices CLOSED");
	}

	@Test
	void phaseChangesNowhereButInTheExecutor() {
		ManagedConnection engine = this.connection.engine();
		assertThatIllegalStateException().isThrownBy(() -> engine.become(new ClosedPhase(engine, null)));
		assertThat(engine.isClosed()).isFalse();
		assertThat(engine.state()).isEqualTo(ConnectionState.IDLE);
	}

	@Test
	void everyRunSaysSinceWhenItIsNotOpen() {
		ManagedConnection engine = this.connection.engine();
		this.connection.advance(Duration.ofSeconds(1));
		Instant first = this.connection.clock().now();
		this.connection.start();
		assertThat(engine.snapshot().notOpenSince()).isEqualTo(first);
		engine.close();
		this.connection.settle();
		this.connection.advance(Duration.ofSeconds(1));
		this.connection.start();
		assertThat(engine.snapshot().notOpenSince()).isEqualTo(first.plusSeconds(1));
	}

	@Test
	void policyIsAskedInTheExecutor() {
		List<Boolean> seen = new ArrayList<>();
		this.connection.policy((context) -> {
			seen.add(this.connection.engine().inExecutor());
			seen.add(this.connection.engine().idle());
			return Optional.empty();
		});
		this.connection.start();
		this.connection.transport().attempt().fails(Disconnect.of(Kind.CONNECT_FAILED, "refused"));
		this.connection.settle();
		seen.add(this.connection.engine().inExecutor());
		seen.add(this.connection.engine().idle());
		assertThat(seen).containsExactly(true, false, false, true);
	}

	private final class Lifetime implements ConnectionObserver {

		@Override
		public void onAdded(WebSocketConnection added) {
			ManagedConnectionTests.this.told.add("added " + added.name() + " " + added.state());
		}

		@Override
		public void onEvent(ConnectionEvent event) {
			ManagedConnectionTests.this.told.add(event.getClass().getSimpleName());
		}

		@Override
		public void onRemoved(WebSocketConnection removed) {
			ManagedConnectionTests.this.told.add("removed " + removed.name() + " " + removed.state());
		}

	}

}
