package io.github.websocketresilience.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * {@link Completions} with real threads.
 */
class CompletionsStressTests {

	private static final int BATCHES = 100;

	private static final int FUTURES = 24;

	private final RealWorkers workers = new RealWorkers();

	private final Completions completions = new Completions(this.workers);

	@AfterEach
	void close() {
		this.workers.close();
	}

	@Test
	void batchCompletesAlthoughDependentsBlockForTheNextOfTheSameBatch() throws Exception {
		for (int batch = 0; batch < BATCHES; batch++) {
			List<CompletableFuture<Void>> futures = futures();
			List<CompletableFuture<Void>> dependents = new ArrayList<>();
			for (int i = 0; i + 1 < FUTURES; i++) {
				CompletableFuture<Void> awaited = futures.get((batch % 2 == 0) ? i + 1 : FUTURES - 1);
				dependents.add(futures.get(i)
					.thenRun(() -> assertThat(awaited).succeedsWithin(Crowd.STEP_SECONDS, TimeUnit.SECONDS)));
			}

			this.completions.succeed(futures);

			for (CompletableFuture<Void> dependent : dependents) {
				dependent.get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);
			}
		}
	}

	@Test
	void everyFutureOfABatchCompletesOnce() throws Exception {
		AtomicInteger completed = new AtomicInteger();
		List<CompletableFuture<Void>> all = new ArrayList<>();
		for (int batch = 0; batch < BATCHES * 10; batch++) {
			List<CompletableFuture<Void>> futures = futures();
			futures.forEach((future) -> all.add(future.thenRun(completed::incrementAndGet)));
			this.completions.succeed(futures);
		}

		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS);

		assertThat(completed).hasValue(BATCHES * 10 * FUTURES);
	}

	@Test
	void failureOfABatchReachesEveryFutureThoughDependentsBlock() {
		List<CompletableFuture<Void>> futures = futures();
		CompletableFuture<Void> last = futures.get(FUTURES - 1);
		IllegalStateException failure = new IllegalStateException("planned");
		futures.get(0)
			.whenComplete((nothing, ignored) -> assertThat(last).failsWithin(Crowd.STEP_SECONDS, TimeUnit.SECONDS));

		this.completions.fail(futures, failure);

		for (CompletableFuture<Void> future : futures) {
			assertThatExceptionOfType(ExecutionException.class)
				.isThrownBy(() -> future.get(Crowd.PATIENCE_SECONDS, TimeUnit.SECONDS))
				.withCause(failure);
		}
	}

	private static List<CompletableFuture<Void>> futures() {
		List<CompletableFuture<Void>> result = new ArrayList<>();
		for (int i = 0; i < FUTURES; i++) {
			result.add(new CompletableFuture<>());
		}
		return result;
	}

}
