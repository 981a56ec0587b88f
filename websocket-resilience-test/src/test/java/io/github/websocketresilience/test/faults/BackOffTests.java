package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent.Attempted;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Ends of a socket and refusals that are answered by backing off and trying again.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackOffTests {

	private static final Duration DELAY = ExactDelays.DELAY;

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Signal> ordinary() {
		return Stream.of(Signal.close(1000), Signal.close(1001), Signal.emptyCloseFrame(), Signal.close(1011),
				Signal.closeToldAs1002(1014), Signal.reset(), Signal.fin(), Signal.heartbeatTimeout(),
				Signal.sendTimeout(), Signal.close(3000), Signal.close(4000), Signal.close(4999), Signal.status(418));
	}

	@ParameterizedTest
	@MethodSource("ordinary")
	void backsOffAndReconnects(Signal signal) {
		signal.script().accept(this.server.attempt(1));
		try (StarterApplication application = start(signal.properties())) {
			application.await(Attempted.class, 1);
			signal.client().accept(application.connection());
			RetryScheduled retry = application.await(RetryScheduled.class, 1);
			assertThat(retry.cause().kind()).isEqualTo(signal.kind());
			assertThat(retry.delay()).isEqualTo(DELAY);
			application.assertReconnected(this.server, 2);
		}
	}

	static Stream<Signal> misuse() {
		return Stream.of(Signal.close(1002), Signal.close(1003), Signal.close(1007), Signal.close(1010),
				Signal.closeToldAs1002(1012), Signal.closeToldAs1002(1013), Signal.closeToldAs1002(1014),
				Signal.closeToldAs1002(1015), Signal.wrongAcceptKey(), Signal.status(400), Signal.status(404),
				Signal.status(405), Signal.status(426),
				new Signal("invalid UTF-8", Kind.PROTOCOL_ERROR, AttemptScript::sendInvalidUtf8),
				new Signal("reserved opcode", Kind.PROTOCOL_ERROR, AttemptScript::sendReservedOpcode),
				new Signal("reserved bits", Kind.PROTOCOL_ERROR, (server) -> server.sendReservedBits("x")),
				new Signal("masked frame", Kind.PROTOCOL_ERROR, (server) -> server.sendMasked("x")));
	}

	@ParameterizedTest
	@MethodSource("misuse")
	void threeEqualEndsThatSpeakOfMisuseLeadToTheLongestDelay(Signal signal) {
		signal.script().accept(this.server.otherAttempts());
		try (StarterApplication application = start()) {
			List<RetryScheduled> retries = application.awaitAll(RetryScheduled.class, 3);
			assertThat(retries).extracting((retry) -> retry.cause().kind()).containsOnly(signal.kind());
			assertThat(retries).extracting(RetryScheduled::delay)
				.containsExactly(DELAY, DELAY.multipliedBy(2), ExactDelays.MAX_DELAY);
			application.connection().reconnect();
			assertThat(application.await(RetryScheduled.class, 4).delay()).isEqualTo(ExactDelays.MAX_DELAY);
			assertThat(this.server.attempts()).isEqualTo(4);
		}
	}

	@Test
	void anotherSignalInBetweenBeginsToCountAgain() {
		IntStream.of(1, 2, 4, 5).forEach((number) -> this.server.attempt(number).refuse(404));
		this.server.attempt(3).refuse(400);
		try (StarterApplication application = start()) {
			application.assertReconnected(this.server, 6);
			assertThat(application.events(RetryScheduled.class)).extracting(RetryScheduled::delay)
				.containsExactly(DELAY, DELAY.multipliedBy(2), DELAY.multipliedBy(4), DELAY.multipliedBy(8),
						DELAY.multipliedBy(16));
		}
	}

	/**
	 * Tomcat's client hides {@code Retry-After}, so it cannot be honoured.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 408, 425, 429, 500, 502, 503, 504 })
	void serverThatIsBusyIsAskedAgainAfterAGrowingDelay(int status) {
		for (int number = 1; number <= 4; number++) {
			this.server.attempt(number).refuse(status, Map.of("Retry-After", List.of("7")));
		}
		try (StarterApplication application = start("reconnect.max-delay=100ms")) {
			application.assertReconnected(this.server, 5);
			List<RetryScheduled> retries = application.events(RetryScheduled.class);
			assertThat(retries).allSatisfy((retry) -> assertThat(retry.cause().httpStatus()).isEqualTo(status));
			assertThat(retries).extracting((retry) -> retry.delay().toMillis()).containsExactly(40L, 80L, 100L, 100L);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void redirectIsNotFollowed(int status) {
		try (ScriptedWebSocketServer other = new ScriptedWebSocketServer().start()) {
			this.server.attempt(1).refuse(status, Map.of("Location", List.of(other.uri().toString())));
			try (StarterApplication application = start("headers.X-Api-Key=key")) {
				RetryScheduled retry = application.await(RetryScheduled.class, 1);
				assertThat(retry.delay()).isEqualTo(DELAY);
				assertThat(retry.cause().kind()).isEqualTo(Kind.UPGRADE_REFUSED);
				assertThat(retry.cause().text()).contains("configure the final address");
				application.assertReconnected(this.server, 2);
				assertThat(this.server.connection(2).request().header("X-Api-Key")).isEqualTo("key");
			}
			assertThat(other.attempts()).isZero();
		}
	}

	@Test
	void jitterSpreadsEveryDelayAlsoTheLongest() {
		this.server.otherAttempts().refuse(503);
		try (StarterApplication application = start("reconnect.jitter=0.5", "reconnect.max-delay=40ms")) {
			List<RetryScheduled> retries = application.awaitAll(RetryScheduled.class, 12);
			assertThat(retries).extracting(RetryScheduled::delay)
				.allSatisfy(
						(delay) -> assertThat(delay).isBetween(DELAY.dividedBy(2), DELAY.multipliedBy(3).dividedBy(2)))
				.doesNotHaveDuplicates();
		}
	}

	private StarterApplication start(String... properties) {
		return StarterApplication.start(ExactDelays.properties(this.server.uri(), properties));
	}

}
