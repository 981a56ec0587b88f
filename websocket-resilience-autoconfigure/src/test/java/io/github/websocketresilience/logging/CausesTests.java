package io.github.websocketresilience.logging;

import java.io.IOException;

import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Causes}.
 */
class CausesTests {

	@Test
	void failureIsNamedWithItsCauses() {
		Throwable failure = new IllegalStateException("s3cret", new IOException("s3cret"));
		assertThat(Causes.classes(failure)).isEqualTo(" [java.lang.IllegalStateException <- java.io.IOException]");
		assertThat(Causes.classes(null)).isEmpty();
	}

	@Test
	void ofCausesInACircleTheFirstFiveAreNamed() {
		assertThat(Causes.classes(circle())).containsOnlyOnce(" [").hasLineCount(1);
		assertThat(Causes.classes(circle()).split(" <- ")).hasSize(5);
	}

	@Test
	void traceOfWhatIsBehindAnUnreadableMessageMayShowIt() {
		UnreadableMessageException unreadable = new UnreadableMessageException("a.B", new Message.Text("s3cret"),
				new IOException("s3cret"));
		IOException suppressing = new IOException();
		suppressing.addSuppressed(new IOException(unreadable));
		assertThat(Causes.mayShowPayload(unreadable)).isTrue();
		assertThat(Causes.mayShowPayload(new IllegalStateException(unreadable))).isTrue();
		assertThat(Causes.mayShowPayload(new IllegalStateException(suppressing))).isTrue();
	}

	@Test
	void otherTraceDoesNot() {
		assertThat(Causes.mayShowPayload(new IllegalStateException("mine"))).isFalse();
		assertThat(Causes.mayShowPayload(circle())).isFalse();
	}

	private static Throwable circle() {
		Exception inner = new IllegalStateException();
		Exception outer = new IllegalArgumentException(inner);
		inner.initCause(outer);
		return outer;
	}

}
