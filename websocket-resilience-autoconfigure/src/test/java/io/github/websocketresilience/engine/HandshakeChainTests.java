package io.github.websocketresilience.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.HandshakeRequest;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandshakeChain}.
 */
class HandshakeChainTests {

	private boolean over;

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final HandshakeRequest request = new HandshakeRequest(ConnectionSettings.builder("test", Parts.URL).build(),
			1, null);

	private final List<String> calls = new ArrayList<>();

	private final CompletableFuture<String> later = new CompletableFuture<>();

	@Test
	void withoutCustomizersTheRequestIsReady() {
		assertThat(run()).isCompletedWithValue(this.request);
	}

	@Test
	void customizersRunInOrderOnTheCaller() {
		assertThat(run(called("first"), called("second"))).isCompletedWithValue(this.request);
		assertThat(this.calls).containsExactly("first", "second");
		assertThat(this.workers.pending()).isZero();
	}

	@Test
	void customizersAfterAStageWaitForItAndRunOnTheIoGroup() {
		CompletableFuture<HandshakeRequest> result = run(called("first"), this::customizeLater, called("third"));
		assertThat(this.calls).containsExactly("first", "later");
		this.later.complete("token");
		assertThat(this.calls).containsExactly("first", "later");
		assertThat(result).isNotDone();
		assertThat(this.workers.pending(Group.IO)).isEqualTo(1);
		this.workers.runAll();
		assertThat(this.calls).containsExactly("first", "later", "third");
		assertThat(result).isCompletedWithValue(this.request);
	}

	@Test
	void everyStageIsWaitedFor() {
		CompletableFuture<Void> second = new CompletableFuture<>();
		CompletableFuture<HandshakeRequest> result = run(this::customizeLater, (request) -> second);
		this.later.complete("token");
		this.workers.runAll();
		assertThat(result).isNotDone();
		second.complete(null);
		this.workers.runAll();
		assertThat(result).isCompletedWithValue(this.request);
	}

	@Test
	void stageThatIsCompleteAlreadyIsLikeAnyOther() {
		this.later.complete("token");
		CompletableFuture<HandshakeRequest> result = run(this::customizeLater, called("second"));
		assertThat(this.calls).containsExactly("later");
		this.workers.runAll();
		assertThat(this.calls).containsExactly("later", "second");
		assertThat(result).isCompletedWithValue(this.request);
	}

	@Test
	void stageThatFailsEndsTheChain() {
		IOException failure = new IOException("planned");
		CompletableFuture<HandshakeRequest> result = run(this::customizeLater, called("second"));
		this.later.completeExceptionally(failure);
		this.workers.runAll();
		assertThat(failureOf(result)).isSameAs(failure);
		assertThat(this.calls).containsExactly("later");
	}

	@Test
	void customizerThatThrowsEndsTheChain() {
		IOException failure = new IOException("planned");
		CompletableFuture<HandshakeRequest> result = run((request) -> {
			throw failure;
		}, called("second"));
		assertThat(failureOf(result)).isSameAs(failure);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void customizerThatThrowsAfterAStageEndsTheChain() {
		AssertionError failure = new AssertionError("planned");
		CompletableFuture<HandshakeRequest> result = run(this::customizeLater, (request) -> {
			throw failure;
		});
		this.later.complete("token");
		this.workers.runAll();
		assertThat(failureOf(result)).isSameAs(failure);
	}

	@Test
	void nobodysCodeRunsForAnAttemptThatHasEnded() {
		CompletableFuture<HandshakeRequest> result = run(this::customizeLater, called("second"));
		this.over = true;
		this.later.complete("token");
		this.workers.runAll();
		assertThat(this.calls).containsExactly("later");
		assertThat(result).isCancelled();
	}

	private CompletableFuture<HandshakeRequest> run(HandshakeCustomizer... customizers) {
		return new HandshakeChain(List.of(customizers), this.request, this.workers, () -> this.over).run()
			.toCompletableFuture();
	}

	private HandshakeCustomizer called(String name) {
		return (request) -> {
			assertThat(request).isSameAs(this.request);
			this.calls.add(name);
			return null;
		};
	}

	private CompletableFuture<String> customizeLater(HandshakeRequest request) {
		this.calls.add("later");
		return this.later;
	}

	private static Throwable failureOf(CompletableFuture<?> future) {
		List<Throwable> failures = new ArrayList<>();
		future.whenComplete((value, failure) -> failures.add(failure));
		assertThat(failures).hasSize(1);
		return failures.get(0);
	}

}
