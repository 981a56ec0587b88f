package io.github.websocketresilience.engine;

import java.util.List;
import java.util.concurrent.CompletionException;

import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.SendFailedException;
import io.github.websocketresilience.SendFailedException.Reason;
import io.github.websocketresilience.engine.SimulatedWorkers.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link Undelivered}.
 */
class UndeliveredTests {

	private final SimulatedWorkers workers = new SimulatedWorkers();

	private final Parts parts = Parts.of(new SimulatedTime(1), this.workers);

	@ParameterizedTest
	@EnumSource
	void everyReasonFailsTheFutureAndIsCountedAsItself(Reason reason) {
		Outgoing message = message("secret");
		this.parts.undelivered().fail(message, reason);
		this.workers.runAll();
		SendFailedException failure = failure(message);
		assertThat(failure.reason()).isEqualTo(reason);
		assertThat(failure).hasMessageStartingWith("connection 'test': ").hasNoCause();
		assertThat(failure.getMessage()).doesNotContain("secret");
		assertThat(failure.getStackTrace()).isEmpty();
		for (DiscardReason counted : DiscardReason.values()) {
			assertThat(this.parts.discards().count(counted)).isEqualTo(counted.name().equals(reason.name()) ? 1 : 0);
		}
	}

	@ParameterizedTest
	@CsvSource({ "NOT_CONNECTED, outbound.when-disconnected", "QUEUE_FULL, outbound.capacity",
			"QUEUE_FULL, outbound.max-bytes", "QUEUE_FULL, outbound.overflow", "EXPIRED, outbound.time-to-live",
			"TOO_LARGE, outbound.max-bytes" })
	void failureNamesWhatCanBeChanged(Reason reason, String property) {
		Outgoing message = message("text");
		this.parts.undelivered().fail(message, reason);
		this.workers.runAll();
		assertThat(failure(message)).hasMessageContaining("'" + property);
	}

	@Test
	void manyFailTogetherOnTheCompletionsGroup() {
		List<Outgoing> messages = List.of(message("1"), message("22"), message("333"));
		this.parts.undelivered().fail(messages, Reason.CLOSED);
		assertThat(messages).noneMatch((message) -> message.future().isDone());
		assertThat(this.workers.pending(Group.COMPLETIONS)).isEqualTo(this.workers.pending()).isEqualTo(1);
		this.workers.runAll();
		assertThat(messages).allMatch((message) -> message.future().isCompletedExceptionally());
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(3, 6));
	}

	@Test
	void nothingIsNothing() {
		this.parts.undelivered().fail(List.of(), Reason.CLOSED);
		assertThat(this.workers.pending()).isZero();
		assertThat(this.parts.events()).isEmpty();
		assertThat(this.parts.discards().total()).isEqualTo(new Amount(0, 0));
	}

	private static Outgoing message(String text) {
		return new Outgoing(new Message.Text(text), null, 1);
	}

	private static SendFailedException failure(Outgoing message) {
		CompletionException failure = catchThrowableOfType(CompletionException.class,
				() -> message.future().getNow(null));
		return (SendFailedException) failure.getCause();
	}

}
