package io.github.websocketresilience.test.faults;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect.Kind;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What leads to the longest delay at once, and what goes before it.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LongestDelayTests {

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Signal> unauthorized() {
		return Stream.of(Signal.close(1008), Signal.close(4401), Signal.close(4403), Signal.status(401),
				Signal.status(403));
	}

	@ParameterizedTest
	@MethodSource("unauthorized")
	void credentialsThatAreNotAcceptedAreNotTriedAgainSoonAndHealthSaysWhy(Signal signal) {
		signal.script().accept(this.server.otherAttempts());
		try (StarterApplication application = StarterApplication.start(properties("headers.X-Token=fixed"))) {
			RetryScheduled retry = application.await(RetryScheduled.class, 1);
			assertThat(retry.cause().kind()).isEqualTo(signal.kind());
			assertThat(retry.delay()).isEqualTo(ExactDelays.MAX_DELAY);
			application.awaitState(ConnectionState.WAITING);
			assertThat(Surfaces.health(application, "default").getDetails().toString()).contains(retry.cause().text());
			assertThat(this.server.attempts()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@MethodSource("unauthorized")
	void freshCredentialsAreTriedOnceWithinASecond(Signal signal) {
		signal.script().accept(this.server.otherAttempts());
		try (StarterApplication application = StarterApplication.start(freshToken(), properties())) {
			List<RetryScheduled> retries = application.awaitAll(RetryScheduled.class, 2);
			assertThat(retries).extracting((retry) -> retry.cause().kind()).containsOnly(signal.kind());
			assertThat(retries.get(0).delay()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
			assertThat(retries.get(1).delay()).isEqualTo(ExactDelays.MAX_DELAY);
			assertThat(this.server.connections())
				.extracting((connection) -> String.valueOf(connection.request().header("X-Token")))
				.containsExactly("token 1", "token 2");
		}
	}

	@Test
	void freshCredentialsThatAreAcceptedEndTheOutage() {
		this.server.attempt(1).refuse(401);
		try (StarterApplication application = StarterApplication.start(freshToken(), properties())) {
			application.assertReconnected(this.server, 2);
			assertThat(this.server.connection(2).request().header("X-Token")).isEqualTo("token 2");
		}
	}

	private static HandshakeCustomizer freshToken() {
		AtomicInteger tokens = new AtomicInteger();
		return (request) -> {
			request.header("X-Token", "token " + tokens.incrementAndGet());
			return null;
		};
	}

	static Stream<Signal> tooBig() {
		return Stream.of(Signal.close(1009),
				new Signal("message above max-message-size", Kind.MESSAGE_TOO_BIG,
						(server) -> server.announceFrame(100_000).sendRaw(new byte[50_000])),
				new Signal("fragments above max-message-size", Kind.MESSAGE_TOO_BIG,
						(server) -> server.sendFragments("x".repeat(20_000), "x".repeat(20_000))));
	}

	@ParameterizedTest
	@MethodSource("tooBig")
	void messageTooBigIsOneErrorThatNamesTheProperty(Signal signal) {
		signal.script().accept(this.server.otherAttempts());
		String name = "too-big-" + this.server.port();
		try (CapturedLog log = new CapturedLog();
				StarterApplication application = StarterApplication
					.start(ExactDelays.with(new String[] { "connections." + name + ".max-message-size=32KB" },
							"connections." + name + ".url=" + this.server.uri()))) {
			RetryScheduled retry = application.await(RetryScheduled.class, 1);
			assertThat(retry.cause().kind()).isEqualTo(signal.kind());
			assertThat(retry.delay()).isEqualTo(ExactDelays.MAX_DELAY);
			application.connection().reconnect();
			assertThat(application.await(RetryScheduled.class, 2).delay()).isEqualTo(ExactDelays.MAX_DELAY);
			assertThat(log.linesOf(name)).filteredOn((line) -> line.startsWith("ERROR"))
				.singleElement()
				.asString()
				.contains("max-message-size");
		}
	}

	/**
	 * 1013 is told as 1002 by Tomcat's client, and yet of several addresses the next one
	 * is tried at once: that is so after every failure.
	 */
	@ParameterizedTest
	@MethodSource("ofOneOfSeveralServers")
	void ofSeveralAddressesTheNextIsTriedAtOnceAndTheDelayIsBetweenRounds(Signal signal) {
		signal.script().accept(this.server.otherAttempts());
		try (ScriptedWebSocketServer other = new ScriptedWebSocketServer().start()) {
			signal.script().accept(other.attempt(1));
			try (StarterApplication application = start(this.server.uri(), other.uri())) {
				List<RetryScheduled> retries = application.awaitAll(RetryScheduled.class, 3);
				assertThat(retries.get(0).delay()).isZero();
				assertThat(retries.get(1).delay()).isEqualTo(ExactDelays.DELAY);
				// The floor under what is tried again and again
				assertThat(retries.get(2).delay()).isEqualTo(Duration.ofMillis(10));
				application.assertReconnected(other, 2);
				assertThat(this.server.attempts()).isEqualTo(2);
			}
		}
	}

	static Stream<Signal> ofOneOfSeveralServers() {
		return Stream.of(Signal.closeToldAs1002(1013), Signal.status(503), Signal.reset());
	}

	private static StarterApplication start(URI one, URI other) {
		return StarterApplication.start(ExactDelays.with(new String[0], "urls[0]=" + one, "urls[1]=" + other));
	}

	private String[] properties(String... further) {
		return ExactDelays.properties(this.server.uri(), further);
	}

}
