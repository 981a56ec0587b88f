package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.Closed;
import io.github.websocketresilience.ConnectionEvent.RetryScheduled;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.test.AttemptScript;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is never followed by another attempt: our own close, and giving up.
 */
@Tag("faults")
@Execution(ExecutionMode.CONCURRENT)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StaysClosedTests {

	/** Long enough to be found waiting. */
	private static final Duration DELAY = Duration.ofMillis(700);

	/** Longer than any delay after which it would reconnect. */
	private static final Duration WHILE = DELAY.plusMillis(200);

	private final ScriptedWebSocketServer server = new ScriptedWebSocketServer().start();

	@AfterEach
	void close() {
		this.server.close();
	}

	static Stream<Doing> whenClosed() {
		return Stream.of(new Doing(ConnectionState.OPEN, (server, script) -> {
		}), new Doing(ConnectionState.CONNECTING, (server, script) -> script.neverAnswer()),
				new Doing(ConnectionState.WAITING, (server, script) -> script.refuse(503)));
	}

	@ParameterizedTest
	@MethodSource("whenClosed")
	void ownCloseIsNotFollowedByAnAttempt(Doing doing) {
		try (StarterApplication application = start(doing)) {
			application.connection().close().join();
			application.await(Closed.class, 1);
			assertNothingFollows(application);
			assertThat(application.events(Closed.class)).singleElement().extracting(Closed::gaveUp).isNull();
			application.connection().start();
			application.assertReconnected(this.server, 2);
		}
	}

	@ParameterizedTest
	@MethodSource("whenClosed")
	void stopOfTheApplicationIsNotFollowedByAnAttempt(Doing doing) {
		StarterApplication application = start(doing);
		application.close();
		assertNothingFollows(application);
		assertThat(application.events(ConnectionEvent.StateChange.class)).last().isInstanceOf(Closed.class);
	}

	@Test
	void closeDuringWhichTheServerFailsIsNotFollowedByAnAttempt() {
		this.server.attempt(1).ignoreClose();
		try (StarterApplication application = StarterApplication.start(properties("close-timeout=10s"))) {
			application.assertReconnected(this.server, 1);
			application.connection().close();
			assertThat(this.server.connection(1).awaitClose(StarterApplication.PATIENCE)).isEqualTo(1000);
			assertThat(application.connection().state()).isEqualTo(ConnectionState.CLOSING);
			this.server.connection(1).dropWithReset();
			application.await(Closed.class, 1);
			assertNothingFollows(application);
		}
	}

	private StarterApplication start(Doing doing) {
		doing.script.accept(this.server, this.server.attempt(1));
		StarterApplication application = StarterApplication
			.start(properties("reconnect.delay=" + DELAY.toMillis() + "ms"));
		this.server.awaitAttempt(1, StarterApplication.PATIENCE);
		return application.awaitState(doing.state);
	}

	private void assertNothingFollows(StarterApplication application) {
		int attempts = this.server.attempts();
		int changes = application.events(ConnectionEvent.StateChange.class).size();
		Awaitility.await()
			.during(WHILE)
			.atMost(StarterApplication.PATIENCE)
			.until(() -> this.server.attempts() == attempts
					&& application.events(ConnectionEvent.StateChange.class).size() == changes);
	}

	static Stream<Rule> rules() {
		return Stream.of(new Rule(Signal.status(503), 3, "reconnect.max-attempts=3"),
				new Rule(Signal.reset(), 2, "reconnect.max-attempts=2"),
				new Rule(Signal.close(1000), 1, "reconnect.stop-on-close-codes=4000,1000"),
				new Rule(Signal.close(4999), 1, "reconnect.stop-on-close-codes=4999"),
				new Rule(Signal.status(404), 1, "reconnect.stop-on-http-statuses=404,410"),
				new Rule(Signal.close(1011), 1, "reconnect.enabled=false"));
	}

	@ParameterizedTest
	@MethodSource("rules")
	void givingUpIsToldByEventHealthAndOneError(Rule rule) {
		rule.signal.script().accept(this.server.otherAttempts());
		String name = "gives-up-" + this.server.port();
		try (CapturedLog log = new CapturedLog();
				StarterApplication application = StarterApplication.start(named(name, rule.properties))) {
			Closed closed = application.await(Closed.class, 1);
			assertThat(closed.gaveUp()).isNotNull();
			assertThat(closed.gaveUp().kind()).isEqualTo(rule.signal.kind());
			application.awaitState(ConnectionState.CLOSED);
			assertThat(application.connection().snapshot().gaveUp()).isTrue();
			assertThat(Surfaces.health(application, name).getStatus()).isEqualTo(Status.DOWN);
			assertNothingFollows(application);
			assertThat(this.server.attempts()).isEqualTo(rule.attempts);
			assertThat(application.events(RetryScheduled.class)).hasSize(rule.attempts - 1);
			List<String> errors = log.linesOf(name).stream().filter((line) -> line.startsWith("ERROR")).toList();
			assertThat(errors).singleElement().asString().contains("-> CLOSED (gave up");
		}
	}

	@Test
	void connectionThatWasGivenUpCanBeStartedAgain() {
		this.server.attempt(1).refuse(503);
		try (StarterApplication application = StarterApplication.start(properties("reconnect.max-attempts=1"))) {
			application.awaitState(ConnectionState.CLOSED);
			application.connection().start();
			application.assertReconnected(this.server, 2);
			assertThat(Surfaces.health(application, "default").getStatus()).isEqualTo(Status.UP);
		}
	}

	private String[] named(String name, String... further) {
		String prefix = "connections." + name + ".";
		return ExactDelays.with(Stream.of(further).map(prefix::concat).toArray(String[]::new),
				prefix + "url=" + this.server.uri());
	}

	private String[] properties(String... further) {
		return ExactDelays.properties(this.server.uri(), further);
	}

	/**
	 * What a connection may be doing when it is closed.
	 *
	 * @param state its state
	 * @param script how the server gets it there
	 */
	record Doing(ConnectionState state, BiConsumer<ScriptedWebSocketServer, AttemptScript> script) {

		@Override
		public String toString() {
			return this.state.name();
		}

	}

	/**
	 * A way to be given up.
	 *
	 * @param signal what happens on each attempt
	 * @param attempts how many attempts there are
	 * @param properties why they are not followed by another
	 */
	record Rule(Signal signal, int attempts, String... properties) {

		@Override
		public String toString() {
			return this.signal + ", " + String.join(", ", this.properties);
		}

	}

}
