package io.github.websocketresilience.logging;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.UnreadableMessageException;
import io.github.websocketresilience.WebSocketConnection;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link LoggingConnectionObserver}: whole lines with their level, as a reader
 * of the log sees them.
 */
class LoggingConnectionObserverTests {

	private static final Disconnect REFUSED = Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused");

	private static final Disconnect SILENT = Disconnect
		.of(Disconnect.Kind.HEARTBEAT_TIMEOUT, "no proof of life for 10s after 42 answered heartbeats")
		.after(Duration.ofHours(1), Duration.ZERO, 42);

	private final LoggingConnectionObserver observer = new LoggingConnectionObserver();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.websocketresilience.logging");

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private Instant now = Instant.parse("2026-11-20T10:00:00Z");

	private long attempt;

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.appender);
		this.appender.start();
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
	}

	@Test
	void lifeOfAConnectionIsOneLineATransition() {
		attempt(ConnectionState.IDLE);
		open("");
		retry(ConnectionState.OPEN, SILENT, Duration.ofMillis(1340));
		pass(Duration.ofMillis(1340));
		attempt(ConnectionState.WAITING);
		open("mqtt");
		tell(new ConnectionEvent.Closing("prices", this.attempt, this.now));
		close(ConnectionState.CLOSING, null);
		assertThat(lines()).containsExactly("INFO prices: IDLE -> CONNECTING",
				"INFO prices: CONNECTING -> OPEN (in 35ms)",
				"WARN prices: OPEN -> WAITING (no proof of life for 10s after 42 answered heartbeats; next attempt in"
						+ " 1.3s)",
				"INFO prices: CONNECTING -> OPEN (after 1.3s and 1 attempt)",
				"INFO prices: OPEN -> CLOSING (close requested)", "INFO prices: CLOSING -> CLOSED");
	}

	@Test
	void reconnectOnRequestIsNoOutage() {
		attempt(ConnectionState.IDLE);
		open("");
		attempt(ConnectionState.OPEN);
		open("");
		assertThat(lines()).containsExactly("INFO prices: IDLE -> CONNECTING",
				"INFO prices: CONNECTING -> OPEN (in 35ms)", "INFO prices: OPEN -> CONNECTING (reconnect requested)",
				"INFO prices: CONNECTING -> OPEN (in 35ms)");
	}

	@Test
	void outageIsLoggedAtADecreasingRate() {
		attempt(ConnectionState.IDLE);
		for (int failed = 1; failed <= 17; failed++) {
			fail(Duration.ofSeconds(10));
		}
		open("");
		assertThat(lines()).containsExactly("INFO prices: IDLE -> CONNECTING",
				"WARN prices: CONNECTING -> WAITING (connection refused; next attempt in 10s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 2 times in a row; next attempt in 10s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 4 times in a row; 1 failure not logged;"
						+ " next attempt in 10s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 8 times in a row; 3 failures not"
						+ " logged; next attempt in 10s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 16 times in a row; 7 failures not"
						+ " logged; next attempt in 10s)",
				"INFO prices: CONNECTING -> OPEN (after 2m 50s and 18 attempts)");
	}

	@ParameterizedTest
	@CsvSource({ "1000, 2", "100, 1", "50, 1" })
	void twentySecondsOfOutageAreLessThanFifteenLines(int delay, int multiplier) {
		attempt(ConnectionState.IDLE);
		open("");
		this.appender.list.clear();
		pass(Duration.ofMinutes(5));
		retry(ConnectionState.OPEN, SILENT, Duration.ofMillis(delay));
		Instant end = this.now.plusSeconds(20);
		for (long next = delay; this.now.isBefore(end); next *= multiplier) {
			pass(Duration.ofMillis(next));
			attempt(ConnectionState.WAITING);
			discard(DiscardReason.EXPIRED, 10);
			retry(ConnectionState.CONNECTING, REFUSED, Duration.ofMillis(next * multiplier));
		}
		open("");
		assertThat(lines()).hasSizeBetween(5, 14);
	}

	@Test
	void connectionsThatDoNotLastAreLoggedAtADecreasingRate() {
		attempt(ConnectionState.IDLE);
		open("");
		for (int flap = 1; flap <= 100; flap++) {
			flap();
		}
		assertThat(lines()).hasSize(16)
			.startsWith("INFO prices: IDLE -> CONNECTING", "INFO prices: CONNECTING -> OPEN (in 35ms)",
					"WARN prices: OPEN -> WAITING (closed by peer with 1001 (going away) after 100ms; next attempt in"
							+ " 100ms)",
					"INFO prices: CONNECTING -> OPEN (after 100ms and 1 attempt)",
					"WARN prices: OPEN -> WAITING (closed by peer with 1001 (going away) after 100ms; 2 in a row did"
							+ " not last 10s; next attempt in 100ms)")
			.endsWith(
					"WARN prices: OPEN -> WAITING (closed by peer with 1001 (going away) after 100ms; 64 in a row did"
							+ " not last 10s; 31 failures not logged; next attempt in 100ms)",
					"INFO prices: CONNECTING -> OPEN (after 100ms and 1 attempt)");
	}

	@Test
	void outageAfterConnectionsThatDidNotLastIsLogged() {
		attempt(ConnectionState.IDLE);
		open("");
		for (int flap = 1; flap <= 6; flap++) {
			flap();
		}
		this.appender.list.clear();
		retry(ConnectionState.OPEN, dropped(), Duration.ofSeconds(1));
		attempt(ConnectionState.WAITING);
		for (int failed = 1; failed <= 8; failed++) {
			fail(Duration.ofSeconds(1));
		}
		open("");
		assertThat(lines())
			.containsExactly(
					"WARN prices: CONNECTING -> WAITING (connection refused; failed 8 times in a row; 10 failures not"
							+ " logged; next attempt in 1s)",
					"INFO prices: CONNECTING -> OPEN (after 8s and 9 attempts)");
	}

	@Test
	void connectionThatLastedBeginsANewCount() {
		attempt(ConnectionState.IDLE);
		for (int failed = 1; failed <= 5; failed++) {
			fail(Duration.ofSeconds(1));
		}
		open("");
		this.appender.list.clear();
		pass(Duration.ofHours(1));
		retry(ConnectionState.OPEN, SILENT, Duration.ofSeconds(1));
		attempt(ConnectionState.WAITING);
		fail(Duration.ofSeconds(2));
		assertThat(lines()).containsExactly(
				"WARN prices: OPEN -> WAITING (no proof of life for 10s after 42 answered heartbeats; next attempt in"
						+ " 1s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; next attempt in 2s)");
	}

	@Test
	void whatIsNotLoggedAtInfoIsLoggedAtDebug() {
		this.logger.setLevel(Level.DEBUG);
		attempt(ConnectionState.IDLE);
		fail(Duration.ofSeconds(1));
		fail(Duration.ofSeconds(1));
		fail(Duration.ofSeconds(1));
		assertThat(lines()).containsExactly("INFO prices: IDLE -> CONNECTING",
				"WARN prices: CONNECTING -> WAITING (connection refused; next attempt in 1s)",
				"DEBUG prices: WAITING -> CONNECTING (attempt 2)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 2 times in a row; next attempt in 1s)",
				"DEBUG prices: WAITING -> CONNECTING (attempt 3)",
				"DEBUG prices: CONNECTING -> WAITING (connection refused; failed 3 times in a row; next attempt in 1s)",
				"DEBUG prices: WAITING -> CONNECTING (attempt 4)");
	}

	@Test
	void givingUpIsOneError() {
		attempt(ConnectionState.IDLE);
		for (int failed = 1; failed <= 3; failed++) {
			fail(Duration.ofSeconds(1));
		}
		this.appender.list.clear();
		close(ConnectionState.CONNECTING, REFUSED);
		assertThat(lines()).containsExactly("ERROR prices: CONNECTING -> CLOSED (gave up after 4 attempts in 3s:"
				+ " connection refused; 1 failure not logged)");
	}

	@Test
	void givingUpAnOpenConnectionCountsNoAttempts() {
		attempt(ConnectionState.IDLE);
		open("");
		close(ConnectionState.OPEN, Disconnect.peerClosed(1000, "bye"));
		assertThat(lines())
			.endsWith("ERROR prices: OPEN -> CLOSED (gave up: closed by peer with 1000 (normal) \"bye\")");
	}

	@Test
	void closeDuringAnOutageSaysWhatWasNotLogged() {
		attempt(ConnectionState.IDLE);
		for (int failed = 1; failed <= 7; failed++) {
			fail(Duration.ofSeconds(1));
		}
		close(ConnectionState.CONNECTING, null);
		assertThat(lines()).endsWith("INFO prices: CONNECTING -> CLOSED (close requested; 3 failures not logged)");
	}

	@Test
	void newRunBeginsANewCount() {
		attempt(ConnectionState.IDLE);
		fail(Duration.ofSeconds(1));
		fail(Duration.ofSeconds(1));
		close(ConnectionState.CONNECTING, null);
		this.appender.list.clear();
		pass(Duration.ofDays(1));
		attempt(ConnectionState.CLOSED);
		fail(Duration.ofSeconds(1));
		assertThat(lines()).containsExactly("INFO prices: CLOSED -> CONNECTING",
				"WARN prices: CONNECTING -> WAITING (connection refused; next attempt in 1s)");
	}

	@Test
	void connectionsAreCountedApart() {
		this.observer.onEvent(new ConnectionEvent.RetryScheduled("a", 1, this.now, ConnectionState.CONNECTING,
				Duration.ofSeconds(1), REFUSED, 1));
		this.observer.onEvent(new ConnectionEvent.RetryScheduled("b", 1, this.now, ConnectionState.CONNECTING,
				Duration.ofSeconds(1), REFUSED, 1));
		assertThat(lines()).containsExactly("WARN a: CONNECTING -> WAITING (connection refused; next attempt in 1s)",
				"WARN b: CONNECTING -> WAITING (connection refused; next attempt in 1s)");
	}

	@Test
	void peerCannotForgeALine() {
		String forged = "x\r\n2026-11-20 ERROR admin: password is \u202e\u001b[31m";
		retry(ConnectionState.OPEN, Disconnect.peerClosed(4000, forged), Duration.ofSeconds(1));
		open("v1\nINFO forged");
		assertThat(lines()).containsExactly(
				"WARN prices: OPEN -> WAITING (closed by peer with 4000 \"x\\u000d\\u000a2026-11-20 ERROR admin:"
						+ " password is \\u202e\\u001b[31m\"; next attempt in 1s)",
				"INFO prices: CONNECTING -> OPEN (after 0s and 0 attempts)");
	}

	@Test
	void messageTooBigForUsIsOneErrorThatNamesTheProperty() {
		Disconnect tooBig = Disconnect.of(Disconnect.Kind.MESSAGE_TOO_BIG, "message too big");
		disconnect(tooBig);
		disconnect(REFUSED);
		disconnect(tooBig);
		assertThat(lines()).containsExactly("ERROR prices: a message was larger than 'max-message-size'; raise it, or"
				+ " have the server send less");
	}

	@Test
	void messageTooBigForThePeerIsOneErrorThatNamesTheProperty() {
		disconnect(Disconnect.peerClosed(1009, ""));
		disconnect(Disconnect.peerClosed(1009, ""));
		assertThat(lines()).containsExactly("ERROR prices: the server found a message too big; send less, for"
				+ " 'max-message-size' is our limit and not the server's");
	}

	@Test
	void failedListenerIsLoggedWithItsException() {
		RuntimeException failure = new IllegalStateException("mine");
		failListener("com.acme.Prices", failure, true);
		assertThat(lines()).containsExactly("WARN prices: listener com.acme.Prices failed on a message");
		assertThat(this.appender.list.get(0).getThrowableProxy().getMessage()).isEqualTo("mine");
		assertThat(this.appender.list.get(0).getThrowableProxy().getStackTraceElementProxyArray()).isNotEmpty();
	}

	@Test
	void failingListenerIsLoggedOnceInTenSecondsWithTheNumber() {
		for (int i = 0; i < 25; i++) {
			failListener("com.acme.Prices", new IllegalStateException("nr " + i), i % 2 == 0);
			pass(Duration.ofSeconds(1));
		}
		assertThat(lines()).containsExactly("WARN prices: listener com.acme.Prices failed on a message",
				"WARN prices: listener com.acme.Prices failed 10 times, the last time on a message",
				"WARN prices: listener com.acme.Prices failed 10 times, the last time on a message");
	}

	@Test
	void tenSecondsAreExact() {
		failListener("com.acme.Prices", new IllegalStateException("1"), true);
		pass(Duration.ofSeconds(10).minusNanos(1));
		failListener("com.acme.Prices", new IllegalStateException("2"), true);
		assertThat(lines()).hasSize(1);
		pass(Duration.ofNanos(1));
		failListener("com.acme.Prices", new IllegalStateException("3"), false);
		assertThat(lines()).hasSize(2)
			.endsWith("WARN prices: listener com.acme.Prices failed 2 times, the last time on an event");
	}

	@Test
	void unreadableMessageIsLoggedWithoutItsPayload() {
		this.logger.setLevel(Level.TRACE);
		failToRead("{\"price\":\"s3cret\"}");
		assertThat(lines()).containsExactly("WARN prices: listener com.acme.Prices could not read 1 message as"
				+ " com.acme.Quote [tools.jackson.databind.exc.InvalidFormatException]");
		assertThat(this.appender.list.get(0).getThrowableProxy()).isNull();
	}

	@Test
	void unreadableMessagesAreLoggedOnceInTenSecondsWithTheNumber() {
		for (int i = 0; i < 25; i++) {
			failToRead("{\"price\":\"s3cret " + i + "\"}");
			pass(Duration.ofSeconds(1));
		}
		assertThat(lines()).hasSize(3)
			.allSatisfy((line) -> assertThat(line).startsWith("WARN prices: listener com.acme.Prices could not read ")
				.doesNotContain("s3cret"))
			.last()
			.asString()
			.contains(" 10 messages as com.acme.Quote");
	}

	@Test
	void unreadableMessageIsLoggedWithItsBeginIfPayloadsAre() {
		this.observer.onAdded(connection(15));
		failToRead("{\"price\":\"s3cret\"}");
		assertThat(lines()).containsExactly("WARN prices: listener com.acme.Prices could not read 1 message as"
				+ " com.acme.Quote [tools.jackson.databind.exc.InvalidFormatException]; the latest begins with"
				+ " {\"price\":\"s3cre");
		assertThat(this.appender.list.get(0).getThrowableProxy()).isNull();
		assertThat(this.appender.list.get(0).getKeyValuePairs().toString()).doesNotContain("s3cre");
		close(ConnectionState.OPEN, null);
		failToRead("\n\"s3cret\"");
		assertThat(lines()).last().asString().endsWith("; the latest begins with \\u000a\"s3cret\"");
	}

	@Test
	void beginOfAnUnreadableMessageIsNotLoggedUnlessPayloadsAre() {
		this.observer.onAdded(connection(0));
		failToRead("{\"price\":\"s3cret\"}");
		assertThat(lines()).singleElement().asString().endsWith("[tools.jackson.databind.exc.InvalidFormatException]");
	}

	@Test
	void ofARemovedConnectionTheRestIsSaidAndNothingIsKept() {
		WebSocketConnection removed = connection(0);
		this.observer.onAdded(removed);
		close(ConnectionState.OPEN, null);
		this.appender.list.clear();
		for (int late = 1; late <= 4; late++) {
			failListener("com.acme.Prices", new IllegalStateException("mine"), false);
		}
		assertThat(lines()).hasSize(1);
		this.observer.onRemoved(removed);
		assertThat(lines()).containsExactly("WARN prices: listener com.acme.Prices failed on an event",
				"WARN prices: listener com.acme.Prices failed 3 times, the last time on an event");
		assertThat(this.observer).extracting("logs", as(InstanceOfAssertFactories.MAP)).isEmpty();
		this.observer.onRemoved(removed);
		failListener("com.acme.Prices", new IllegalStateException("of another of that name"), true);
		assertThat(lines()).hasSize(3);
	}

	@Test
	void listenerThatFailsAndOneThatCannotReadAreCountedApart() {
		failListener("com.acme.Prices", new IllegalStateException("mine"), true);
		failToRead("s3cret");
		assertThat(lines()).hasSize(2);
	}

	@Test
	void failureBehindWhichAMessageCouldNotBeReadHasNoStackTrace() {
		failListener("com.acme.Prices", new IllegalStateException("mine", unreadable("{\"price\":\"s3cret\"}")), true);
		RuntimeException other = new IllegalStateException("mine");
		other.addSuppressed(unreadable("s3cret"));
		failListener("com.acme.Audit", other, true);
		assertThat(lines()).hasSize(2)
			.first()
			.asString()
			.startsWith("WARN prices: listener com.acme.Prices failed on a message [java.lang.IllegalStateException <-"
					+ " io.github.websocketresilience.UnreadableMessageException <- ");
		assertThat(this.appender.list).allSatisfy((it) -> assertThat(it.getThrowableProxy()).isNull());
	}

	@Test
	void silentFeedIsOneWarning() {
		beSilent(Duration.ofSeconds(30));
		pass(Duration.ofSeconds(30));
		beSilent(Duration.ofSeconds(30));
		assertThat(lines()).containsExactly("WARN prices: no message for 30s", "WARN prices: no message for 30s");
	}

	@Test
	void feedThatIsSilentTimeAndAgainIsLoggedOnceInTenSecondsWithTheNumber() {
		for (int i = 0; i < 101; i++) {
			beSilent(Duration.ofMillis(80));
			pass(Duration.ofMillis(100));
		}
		assertThat(lines()).containsExactly("WARN prices: no message for 80ms",
				"WARN prices: no message for 80ms, 100 times");
	}

	@Test
	void silenceThatEndsTheSocketIsInTheLineOfTheTransition() {
		beSilent(Duration.ofSeconds(30));
		retry(ConnectionState.OPEN, Disconnect.of(Disconnect.Kind.SILENCE, "no message for 30s")
			.after(Duration.ofMinutes(5), Duration.ZERO, 9), Duration.ofSeconds(1));
		assertThat(lines()).containsExactly("WARN prices: no message for 30s",
				"WARN prices: OPEN -> WAITING (no message for 30s, open for 5m; next attempt in 1s)");
	}

	@Test
	void socketsThatBringNothingAreLoggedAtADecreasingRate() {
		attempt(ConnectionState.IDLE);
		open("");
		this.appender.list.clear();
		endInSilence(Duration.ofHours(1));
		for (int i = 1; i <= 8; i++) {
			endInSilence(Duration.ofSeconds(9));
		}
		assertThat(transitions()).hasSize(10)
			.startsWith("WARN prices: OPEN -> WAITING (no message for 30s, open for 1h; next attempt in 1s)",
					"INFO prices: CONNECTING -> OPEN (after 1s and 1 attempt)",
					"WARN prices: OPEN -> WAITING (no message for 30s, open for 39s; next attempt in 1s)")
			.endsWith(
					"WARN prices: OPEN -> WAITING (no message for 30s, open for 39s; 8 in a row did not last 10s;"
							+ " 3 failures not logged; next attempt in 1s)",
					"INFO prices: CONNECTING -> OPEN (after 1s and 1 attempt)");
		this.appender.list.clear();
		endInSilence(Duration.ofSeconds(10));
		assertThat(transitions()).first()
			.isEqualTo("WARN prices: OPEN -> WAITING (no message for 30s, open for 40s; next attempt in 1s)");
	}

	@Test
	void listenersAreCountedApart() {
		failListener("com.acme.Prices", new IllegalStateException("1"), true);
		failListener("com.acme.Audit", new IllegalStateException("2"), false);
		assertThat(lines()).containsExactly("WARN prices: listener com.acme.Prices failed on a message",
				"WARN prices: listener com.acme.Audit failed on an event");
	}

	@Test
	void clockThatIsSetBackDoesNotSilenceTheLog() {
		failListener("com.acme.Prices", new IllegalStateException("1"), true);
		pass(Duration.ofDays(-1));
		failListener("com.acme.Prices", new IllegalStateException("2"), true);
		assertThat(lines()).hasSize(2);
	}

	@Test
	void discardedMessagesAreSummedUp() {
		discard(DiscardReason.QUEUE_FULL, 1);
		pass(Duration.ofSeconds(4));
		discard(DiscardReason.QUEUE_FULL, 20);
		discard(DiscardReason.EXPIRED, 3);
		pass(Duration.ofSeconds(6));
		discard(DiscardReason.QUEUE_FULL, 300);
		assertThat(lines()).containsExactly("WARN prices: 1 message discarded: the outbound queue was full",
				"WARN prices: 3 messages discarded: not sent within 'outbound.time-to-live'",
				"WARN prices: 320 messages discarded: the outbound queue was full");
	}

	@Test
	void numbersAreSaidWithTheNextEventOfAnyKind() {
		discard(DiscardReason.QUEUE_FULL, 1);
		discard(DiscardReason.QUEUE_FULL, 20);
		pass(Duration.ofSeconds(10));
		answerHeartbeat();
		assertThat(lines()).containsExactly("WARN prices: 1 message discarded: the outbound queue was full",
				"WARN prices: 20 messages discarded: the outbound queue was full");
	}

	@Test
	void numbersAreSaidAtTheEnd() {
		discard(DiscardReason.QUEUE_FULL, 1);
		discard(DiscardReason.QUEUE_FULL, 20);
		close(ConnectionState.WAITING, null);
		assertThat(lines()).containsExactly("WARN prices: 1 message discarded: the outbound queue was full",
				"INFO prices: WAITING -> CLOSED (close requested)",
				"WARN prices: 20 messages discarded: the outbound queue was full");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REPLACED")
	void everyDiscardIsAWarning(DiscardReason reason) {
		discard(reason, 2);
		assertThat(lines()).singleElement().asString().startsWith("WARN prices: 2 messages discarded: ");
	}

	@Test
	void replacedMessagesAreNoTrouble() {
		discard(DiscardReason.REPLACED, 2);
		assertThat(lines()).isEmpty();
	}

	@Test
	void failedPolicyIsOneErrorWithItsException() {
		for (int i = 1; i <= 3; i++) {
			tell(new ConnectionEvent.PolicyFailed("prices", 1, this.now, new IllegalStateException("nr " + i)));
			pass(Duration.ofMinutes(1));
		}
		assertThat(lines()).containsExactly("ERROR prices: the reconnect policy threw; the configured delay is used");
		assertThat(this.appender.list.get(0).getThrowableProxy().getMessage()).isEqualTo("nr 1");
	}

	@Test
	void internalErrorIsAnError() {
		Throwable failure = new AssertionError("bug");
		tell(new ConnectionEvent.InternalError("prices", 1, this.now, "opened while open", failure));
		tell(new ConnectionEvent.InternalError("prices", 1, this.now, "opened while open", null));
		tell(new ConnectionEvent.InternalError("prices", 1, this.now, "closed while closed", null));
		pass(Duration.ofSeconds(10));
		answerHeartbeat();
		assertThat(lines()).containsExactly("ERROR prices: internal error: opened while open",
				"ERROR prices: internal error (2 times): closed while closed");
		assertThat(this.appender.list.get(0).getThrowableProxy().getMessage()).isEqualTo("bug");
	}

	@Test
	void skippedEventsAreAWarning() {
		tell(new ConnectionEvent.EventsSkipped("prices", 1, this.now, Map.of("Opened", 3L, "Disconnected", 4L)));
		assertThat(lines()).containsExactly("WARN prices: 7 events skipped: too many were waiting to be told");
	}

	@Test
	void attemptWithoutAThreadIsAWarning() {
		tell(new ConnectionEvent.AttemptDelayed("prices", 3, this.now, Duration.ofSeconds(10)));
		assertThat(lines()).containsExactly("WARN prices: attempt 3 has waited 10s for a thread; raise 'threads.io'");
	}

	@Test
	void stallsOfOurOwnProcessAreLoggedOnceInTenSecondsWithTheNumber() {
		for (int i = 0; i < 5; i++) {
			tell(new ConnectionEvent.Stalled("prices", 1, this.now, Duration.ofSeconds(40)));
			pass(Duration.ofMillis(2500));
		}
		assertThat(lines()).containsExactly(
				"WARN prices: our own process had been stopped or starved for 40s; the peer was given one more"
						+ " heartbeat",
				"WARN prices: our own process had been stopped or starved for 40s, 4 times; the peer was given one"
						+ " more heartbeat");
	}

	@Test
	void heartbeatsAreDebugAndTrace() {
		this.logger.setLevel(Level.TRACE);
		answerHeartbeat();
		tell(new ConnectionEvent.HeartbeatMissed("prices", 1, this.now, 2));
		assertThat(lines()).containsExactly("TRACE prices: heartbeat answered in 12ms",
				"DEBUG prices: heartbeat missed, 2 in a row");
	}

	@Test
	void endsAreDebug() {
		this.logger.setLevel(Level.DEBUG);
		disconnect(REFUSED);
		assertThat(lines()).containsExactly("DEBUG prices: ended: connection refused");
	}

	private void attempt(ConnectionState from) {
		this.attempt++;
		tell(new ConnectionEvent.Attempted("prices", this.attempt, this.now, from, "ws://localhost/test"));
	}

	private void open(String subprotocol) {
		tell(new ConnectionEvent.Opened("prices", this.attempt, this.now, subprotocol, Duration.ofMillis(35),
				Duration.ZERO));
	}

	private void retry(ConnectionState from, Disconnect cause, Duration delay) {
		tell(new ConnectionEvent.RetryScheduled("prices", this.attempt, this.now, from, delay, cause, 0));
	}

	private void fail(Duration delay) {
		retry(ConnectionState.CONNECTING, REFUSED, delay);
		pass(delay);
		attempt(ConnectionState.WAITING);
	}

	private void flap() {
		pass(Duration.ofMillis(100));
		retry(ConnectionState.OPEN, dropped(), Duration.ofMillis(100));
		pass(Duration.ofMillis(100));
		attempt(ConnectionState.WAITING);
		open("");
	}

	private static WebSocketConnection connection(long loggedPayload) {
		return new StubConnection(ConnectionSettings.builder("prices", URI.create("ws://localhost/test"))
			.diagnostics(new ConnectionSettings.Diagnostics(true, loggedPayload))
			.build());
	}

	private static Disconnect dropped() {
		return Disconnect.peerClosed(1001, "").after(Duration.ofMillis(100), Duration.ZERO, 0);
	}

	private void close(ConnectionState from, @Nullable Disconnect gaveUp) {
		tell(new ConnectionEvent.Closed("prices", this.attempt, this.now, from, gaveUp));
	}

	private void disconnect(Disconnect disconnect) {
		tell(new ConnectionEvent.Disconnected("prices", this.attempt, this.now, disconnect, true));
	}

	private void discard(DiscardReason reason, long messages) {
		tell(new ConnectionEvent.MessagesDiscarded("prices", this.attempt, this.now, reason, messages));
	}

	private void failListener(String listener, Throwable failure, boolean onMessage) {
		tell(new ConnectionEvent.ListenerFailed("prices", this.attempt, this.now, listener, failure, onMessage));
	}

	private void failToRead(String text) {
		tell(new ConnectionEvent.MessageUnreadable("prices", this.attempt, this.now, "com.acme.Prices",
				unreadable(text)));
	}

	private static UnreadableMessageException unreadable(String text) {
		JacksonException cause = catchThrowableOfType(JacksonException.class,
				() -> JsonMapper.shared().readValue(text, Quote.class));
		assertThat(cause).as("shows the payload").hasMessageContaining("s3cret");
		return new UnreadableMessageException("com.acme.Quote", new Message.Text(text), cause);
	}

	private void beSilent(Duration silence) {
		tell(new ConnectionEvent.FeedSilent("prices", this.attempt, this.now, silence));
	}

	private void endInSilence(Duration lastMessageAfter) {
		Duration silence = Duration.ofSeconds(30);
		Duration openFor = lastMessageAfter.plus(silence);
		pass(openFor);
		beSilent(silence);
		retry(ConnectionState.OPEN,
				Disconnect.of(Disconnect.Kind.SILENCE, "no message for 30s").after(openFor, Duration.ZERO, 1),
				Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		attempt(ConnectionState.WAITING);
		open("");
	}

	private List<String> transitions() {
		return lines().stream().filter((line) -> line.contains("->")).toList();
	}

	private void answerHeartbeat() {
		tell(new ConnectionEvent.HeartbeatAnswered("prices", this.attempt, this.now, Duration.ofMillis(12)));
	}

	private void tell(ConnectionEvent event) {
		this.observer.onEvent(event);
	}

	private void pass(Duration time) {
		this.now = this.now.plus(time);
	}

	private List<String> lines() {
		return this.appender.list.stream().map((it) -> it.getLevel() + " " + it.getFormattedMessage()).toList();
	}

	record Quote(int price) {
	}

}
