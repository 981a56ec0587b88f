package io.github.websocketresilience;

import io.github.websocketresilience.RequestFailedException.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestFailedException} and {@link ListenerMethodException}: cheap to
 * make, and what they carry is kept.
 */
class FailureTypesTests {

	@Test
	void failedRequestHasAReasonAndNoStackTrace() {
		SendFailedException cause = new SendFailedException(SendFailedException.Reason.CLOSED, "closed");
		RequestFailedException failure = new RequestFailedException(Reason.NOT_SENT, "not sent", cause);
		assertThat(failure.reason()).isEqualTo(Reason.NOT_SENT);
		assertThat(failure).hasMessage("not sent").hasCause(cause);
		assertThat(failure.getStackTrace()).isEmpty();
	}

	@Test
	void failedRequestMayHaveNoCause() {
		assertThat(new RequestFailedException(Reason.TIMED_OUT, "no reply", null)).hasNoCause();
	}

	@Test
	void failedListenerMethodKeepsFurtherFailures() {
		Throwable cause = new IllegalStateException("bug");
		ListenerMethodException failure = new ListenerMethodException("Prices.on", cause);
		ListenerMethodException further = new ListenerMethodException("Alerts.on", cause);
		failure.addSuppressed(further);
		assertThat(failure.listener()).isEqualTo("Prices.on");
		assertThat(failure).hasMessage("Prices.on failed").hasCause(cause).hasSuppressedException(further);
		assertThat(failure.getStackTrace()).isEmpty();
	}

}
