package io.github.websocketresilience.test.faults;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionEvent.Attempted;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attempts that never open, for reasons of the network, of TLS, of time or of our own
 * code: each is one failure, and the loop goes on.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FailedAttemptTests {

	private static final Duration DELAY = ExactDelays.DELAY;

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void firstConnectThatFailsIsAnOrdinaryFailure() {
		this.server.stop();
		try (StarterApplication application = start()) {
			RetryScheduled retry = application.await(RetryScheduled.class, 1);
			assertThat(retry.delay()).isEqualTo(DELAY);
			assertThat(retry.cause().kind()).isEqualTo(Kind.CONNECT_FAILED);
			this.server.start();
			application.assertReconnected(this.server, 1);
		}
	}

	@Test
	void hostThatIsUnknownIsAFailedAttempt() {
		assertBacksOff(URI.create("ws://unknown.invalid"), Kind.UNKNOWN_HOST);
	}

	@Test
	void certificateThatNobodyTrustsIsAFailedAttempt() {
		try (ScriptedWebSocketServer secure = ScriptedWebSocketServer.secure().start()) {
			assertBacksOff(secure.uri(), Kind.TLS_FAILED);
			assertThat(secure.attempts()).isZero();
		}
	}

	/**
	 * The server takes the client's TLS for a bad request and ends TCP without a word.
	 */
	@Test
	void serverWithoutTlsIsAFailedAttempt() {
		assertBacksOff(URI.create("wss://127.0.0.1:" + this.server.port()), Kind.CONNECTION_LOST);
	}

	@Test
	void serverThatNeverAnswersRunsIntoTheConnectDeadline() {
		this.server.attempt(1).neverAnswer();
		assertRunsIntoTheDeadline();
	}

	@Test
	void serverThatDripsItsAnswerRunsIntoTheConnectDeadline() {
		this.server.attempt(1).acceptByteByByte(Duration.ofMillis(100));
		assertRunsIntoTheDeadline();
	}

	private void assertRunsIntoTheDeadline() {
		try (StarterApplication application = start("connect-timeout=2s")) {
			RetryScheduled retry = application.await(RetryScheduled.class, 1);
			assertThat(retry.cause().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
			assertThat(retry.delay()).isEqualTo(DELAY);
			Attempted attempted = application.await(Attempted.class, 1);
			assertThat(Duration.between(attempted.at(), retry.at())).isBetween(Duration.ofMillis(1900),
					Duration.ofSeconds(10));
			this.server.connection(1).awaitEnd(StarterApplication.PATIENCE);
			application.assertReconnected(this.server, 2);
		}
	}

	@Test
	void customizerThatThrowsIsAFailedAttempt() {
		AtomicInteger calls = new AtomicInteger();
		try (StarterApplication application = StarterApplication.start((request) -> {
			switch (calls.incrementAndGet()) {
				case 1 -> throw new IllegalStateException("expected by the test");
				case 2 -> {
					return CompletableFuture.failedFuture(new IllegalStateException("expected by the test"));
				}
				default -> request.header("X-Token", "fresh");
			}
			return null;
		}, ExactDelays.properties(this.server.uri()))) {
			application.assertReconnected(this.server, 1);
			List<RetryScheduled> retries = application.events(RetryScheduled.class);
			assertThat(retries).extracting((retry) -> retry.cause().kind())
				.containsExactly(Kind.CUSTOMIZER_FAILED, Kind.CUSTOMIZER_FAILED);
			assertThat(retries).extracting(RetryScheduled::delay).containsExactly(DELAY, DELAY.multipliedBy(2));
			assertThat(this.server.connection(1).request().header("X-Token")).isEqualTo("fresh");
		}
	}

	private void assertBacksOff(URI url, Kind kind) {
		try (StarterApplication application = StarterApplication.start(ExactDelays.properties(url))) {
			List<RetryScheduled> retries = application.awaitAll(RetryScheduled.class, 2);
			assertThat(retries).extracting((retry) -> retry.cause().kind()).startsWith(kind, kind);
			assertThat(retries).extracting(RetryScheduled::delay).startsWith(DELAY, DELAY.multipliedBy(2));
		}
	}

	private StarterApplication start(String... properties) {
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), properties));
	}

}
