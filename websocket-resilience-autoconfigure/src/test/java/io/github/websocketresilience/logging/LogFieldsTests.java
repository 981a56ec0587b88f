package io.github.websocketresilience.logging;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.UnreadableMessageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Fields}: what lines say as key-values.
 */
class LogFieldsTests {

	private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

	private static final Disconnect REFUSED = Disconnect.refused(503, Duration.ofSeconds(9));

	private static final Disconnect CLOSED = Disconnect.peerClosed(4000, "a\nb")
		.causedBy(new IllegalStateException("s3cret"))
		.after(Duration.ofSeconds(61), Duration.ofMillis(1500), 3);

	private final LogLines lines = new LogLines(LogLines.EVENTS, Level.TRACE);

	private final LoggingConnectionObserver observer = new LoggingConnectionObserver();

	@AfterEach
	void close() {
		this.lines.close();
		MDC.clear();
	}

	@ParameterizedTest
	@MethodSource("events")
	void lineSaysWhatItsTextSays(ConnectionEvent event, Map<String, Object> fields) {
		this.observer.onEvent(event);
		assertThat(this.lines.events()).hasSize(1);
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("connection", "prices");
		all.put("attempt", 7L);
		all.putAll(fields);
		assertThat(this.lines.lastFields()).containsExactlyInAnyOrderEntriesOf(all);
	}

	@Test
	void everyEventHasItsLine() {
		Stream<Class<?>> tried = events().map((arguments) -> arguments.get()[0].getClass());
		Stream<Class<?>> changes = Arrays.stream(ConnectionEvent.StateChange.class.getPermittedSubclasses());
		Stream<Class<?>> others = Arrays.stream(ConnectionEvent.class.getPermittedSubclasses()).filter(Class::isRecord);
		assertThat(tried).containsAll(Stream.concat(changes, others).toList());
	}

	@Test
	void noNameIsTheBeginOfAnother() {
		List<String> keys = Arrays.stream(Field.values()).map(Field::key).toList();
		assertThat(keys).doesNotHaveDuplicates().allSatisfy((key) -> {
			assertThat(key).matches("websocket(\\.[a-z]+(_[a-z]+)*)+");
			assertThat(keys).noneMatch((other) -> other.startsWith(key + "."));
		});
	}

	@Test
	void lineThatSumsUpSaysHowMany() {
		for (int i = 0; i < 3; i++) {
			this.observer.onEvent(new ConnectionEvent.MessagesDiscarded("prices", 7, NOW.plusSeconds(i * 6L),
					DiscardReason.EXPIRED, 5));
		}
		assertThat(this.lines.texts()).last()
			.isEqualTo("WARN prices: 10 messages discarded: not sent within 'outbound.time-to-live'");
		assertThat(this.lines.lastFields()).containsEntry("count", 10L);
	}

	@Test
	void nameOfAnotherConnectionInTheMdcIsNotOnTheLineAndStays() {
		MDC.put(MdcDeliveryInterceptor.KEY, "orders");
		MDC.put("request", "42");
		this.observer.onEvent(new ConnectionEvent.Closing("prices", 7, NOW));
		assertThat(this.lines.lastFields()).containsEntry("connection", "prices");
		assertThat(this.lines.events().get(0).getMDCPropertyMap()).containsOnly(Map.entry("request", "42"));
		assertThat(MDC.get(MdcDeliveryInterceptor.KEY)).isEqualTo("orders");
	}

	@Test
	void keyOfTheMdcIsThatOfTheLines() {
		assertThat(MdcDeliveryInterceptor.KEY).isEqualTo(Field.CONNECTION.key());
	}

	static Stream<Arguments> events() {
		UnreadableMessageException unreadable = new UnreadableMessageException("com.acme.Quote",
				new Message.Text("s3cret"), new IllegalArgumentException("s3cret"));
		return Stream.of(
				Arguments.of(new ConnectionEvent.Attempted("prices", 7, NOW, ConnectionState.IDLE, "ws://localhost/s"),
						Map.of("event", "attempted", "state.from", "idle", "state.to", "connecting")),
				Arguments.of(
						new ConnectionEvent.Opened("prices", 7, NOW, "s3cret", Duration.ofNanos(35_999_999),
								Duration.ofSeconds(2)),
						Map.of("event", "opened", "state.from", "connecting", "state.to", "open", "connect_ms", 35L,
								"not_open_ms", 2000L)),
				Arguments.of(
						new ConnectionEvent.RetryScheduled("prices", 7, NOW, ConnectionState.CONNECTING,
								Duration.ofMillis(1340), REFUSED, 2),
						Map.of("event", "retry_scheduled", "state.from", "connecting", "state.to", "waiting",
								"delay_ms", 1340L, "failures", 2, "disconnect.kind", "upgrade_refused",
								"disconnect.initiator", "peer", "http.status", 503)),
				Arguments.of(new ConnectionEvent.Disconnected("prices", 7, NOW, CLOSED, true),
						with(ended(), Map.of("event", "disconnected"))),
				Arguments.of(new ConnectionEvent.Closing("prices", 7, NOW),
						Map.of("event", "closing", "state.from", "open", "state.to", "closing")),
				Arguments.of(new ConnectionEvent.Closed("prices", 7, NOW, ConnectionState.CLOSING, null),
						Map.of("event", "closed", "state.from", "closing", "state.to", "closed")),
				Arguments.of(new ConnectionEvent.Closed("prices", 7, NOW, ConnectionState.OPEN, CLOSED),
						with(ended(),
								Map.of("event", "closed", "state.from", "open", "state.to", "closed", "gave_up",
										true))),
				Arguments.of(new ConnectionEvent.AttemptDelayed("prices", 7, NOW, Duration.ofSeconds(10)),
						Map.of("event", "attempt_delayed", "waited_ms", 10_000L, "count", 1L)),
				Arguments.of(new ConnectionEvent.HeartbeatAnswered("prices", 7, NOW, Duration.ofMillis(12)),
						Map.of("event", "heartbeat_answered", "heartbeat.round_trip_ms", 12L)),
				Arguments.of(new ConnectionEvent.HeartbeatMissed("prices", 7, NOW, 2),
						Map.of("event", "heartbeat_missed", "heartbeat.missed", 2)),
				Arguments.of(new ConnectionEvent.Stalled("prices", 7, NOW, Duration.ofSeconds(40)),
						Map.of("event", "stalled", "late_ms", 40_000L, "count", 1L)),
				Arguments.of(new ConnectionEvent.MessagesDiscarded("prices", 7, NOW, DiscardReason.QUEUE_FULL, 3),
						Map.of("event", "messages_discarded", "reason", "queue_full", "count", 3L)),
				Arguments.of(
						new ConnectionEvent.ListenerFailed("prices", 7, NOW, "Prices.on",
								new IllegalStateException("mine"), true),
						Map.of("event", "listener_failed", "listener", "Prices.on", "count", 1L)),
				Arguments.of(new ConnectionEvent.MessageUnreadable("prices", 7, NOW, "Prices.on", unreadable),
						Map.of("event", "message_unreadable", "listener", "Prices.on", "message.wanted_type",
								"com.acme.Quote", "count", 1L)),
				Arguments.of(new ConnectionEvent.FeedSilent("prices", 7, NOW, Duration.ofSeconds(30)),
						Map.of("event", "feed_silent", "silence_ms", 30_000L, "count", 1L)),
				Arguments.of(
						new ConnectionEvent.EventsSkipped("prices", 7, NOW, Map.of("Opened", 3L, "Disconnected", 4L)),
						Map.of("event", "events_skipped", "count", 7L)),
				Arguments.of(new ConnectionEvent.PolicyFailed("prices", 7, NOW, new IllegalStateException("mine")),
						Map.of("event", "policy_failed")),
				Arguments.of(new ConnectionEvent.InternalError("prices", 7, NOW, "opened while open", null),
						Map.of("event", "internal_error", "count", 1L)));
	}

	private static Map<String, Object> ended() {
		return Map.of("disconnect.kind", "peer_closed", "disconnect.initiator", "peer", "disconnect.exception",
				"java.lang.IllegalStateException", "disconnect.open_ms", 61_000L, "disconnect.paused_ms", 1500L,
				"close.code", 4000, "close.reason", "a\\u000ab");
	}

	private static Map<String, Object> with(Map<String, Object> some, Map<String, Object> others) {
		Map<String, Object> all = new LinkedHashMap<>(some);
		all.putAll(others);
		return all;
	}

}
