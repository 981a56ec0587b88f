package io.github.websocketresilience.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionEvent.DiscardReason;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Message;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.UnreadableMessageException;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionMeterBinder} and {@link MetricsConnectionObserver}.
 */
class ConnectionMeterTests {

	private static final Instant AT = Instant.EPOCH;

	private static final Disconnect REFUSED = Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused");

	private final StubConnection prices = new StubConnection("prices");

	private final StubConnection orders = new StubConnection("orders");

	private final StubConnections connections = new StubConnections(this.prices, this.orders);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ConnectionObserver observer = new MetricsConnectionObserver(this.registry);

	@BeforeEach
	void bind() {
		new ConnectionMeterBinder(this.connections).bindTo(this.registry);
	}

	@AfterEach
	void close() {
		this.registry.close();
	}

	@ParameterizedTest
	@EnumSource
	void stateIsOneOfTheCurrentAndZeroOfTheOthers(ConnectionState state) {
		this.prices.be(state, AT, null);
		Map<String, Double> states = this.registry.get("websocket.client.state")
			.tag("connection", "prices")
			.gauges()
			.stream()
			.collect(Collectors.toMap((gauge) -> gauge.getId().getTag("state"), Gauge::value));
		Map<String, Double> expected = Arrays.stream(ConnectionState.values())
			.collect(Collectors.toMap((it) -> it.name().toLowerCase(Locale.ROOT), (it) -> (it == state) ? 1.0 : 0.0));
		assertThat(states).isEqualTo(expected);
	}

	@Test
	void messagesAndBytesAreReadFromTheSnapshot() {
		this.prices.amounts(new Amount(7, 70), new Amount(8, 80), new Amount(1, 10), new Amount(2, 20));
		this.orders.amounts(new Amount(0, 0), new Amount(0, 0), new Amount(3, 30), new Amount(0, 0));
		assertThat(functionCount("messages", "prices", "out")).isEqualTo(1);
		assertThat(functionCount("messages", "prices", "in")).isEqualTo(2);
		assertThat(functionCount("bytes", "prices", "out")).isEqualTo(10);
		assertThat(functionCount("bytes", "prices", "in")).isEqualTo(20);
		assertThat(functionCount("messages", "orders", "out")).isEqualTo(3);
	}

	@Test
	void queuesAreReadFromTheSnapshot() {
		this.prices.amounts(new Amount(7, 70), new Amount(8, 80), new Amount(0, 0), new Amount(0, 0));
		assertThat(depth("out")).isEqualTo(7);
		assertThat(depth("in")).isEqualTo(8);
	}

	@Test
	void attemptsAreCountedByOutcome() {
		open();
		disconnect(REFUSED, false);
		disconnect(REFUSED, false);
		disconnect(Disconnect.of(Disconnect.Kind.CLOSE_REQUESTED, "closed on request"), false);
		assertThat(count("attempts", "outcome", "opened")).isEqualTo(1);
		assertThat(count("attempts", "outcome", "failed")).isEqualTo(2);
		assertThat(count("attempts", "outcome", "cancelled")).isEqualTo(1);
		assertThat(this.registry.find("websocket.client.disconnects").counters()).isEmpty();
	}

	@Test
	void disconnectsAreCountedByKind() {
		disconnect(Disconnect.peerClosed(1001, ""), true);
		disconnect(Disconnect.peerClosed(1012, ""), true);
		disconnect(Disconnect.of(Disconnect.Kind.HEARTBEAT_TIMEOUT, "silent"), true);
		assertThat(count("disconnects", "kind", "peer_closed")).isEqualTo(2);
		assertThat(count("disconnects", "kind", "heartbeat_timeout")).isEqualTo(1);
		assertThat(this.registry.find("websocket.client.attempts").counters()).isEmpty();
	}

	@Test
	void discardedMessagesAreCountedByReason() {
		discard(DiscardReason.QUEUE_FULL, 10);
		discard(DiscardReason.QUEUE_FULL, 5);
		discard(DiscardReason.EXPIRED, 1);
		assertThat(count("discarded", "reason", "queue_full")).isEqualTo(15);
		assertThat(count("discarded", "reason", "expired")).isEqualTo(1);
	}

	@Test
	void heartbeatsAreTimedAndMissedOnesCounted() {
		answerHeartbeat(Duration.ofMillis(10));
		answerHeartbeat(Duration.ofMillis(30));
		missHeartbeat();
		Timer timer = this.registry.get("websocket.client.heartbeat.round.trip").tag("connection", "prices").timer();
		assertThat(timer.count()).isEqualTo(2);
		assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
		assertThat(count("heartbeats.missed", "connection", "prices")).isEqualTo(1);
	}

	@Test
	void unreadableMessagesAndSilencesAreCounted() {
		failToRead("com.acme.Prices");
		failToRead("com.acme.Audit");
		beSilent();
		assertThat(count("unreadable", "connection", "prices")).isEqualTo(2);
		assertThat(count("silences", "connection", "prices")).isEqualTo(1);
	}

	@Test
	void pendingRequestsAreReadFromTheSnapshot() {
		this.prices.pendingRequests(3);
		assertThat(this.registry.get("websocket.client.requests.pending").tag("connection", "prices").gauge().value())
			.isEqualTo(3);
		assertThat(this.registry.get("websocket.client.requests.pending").tag("connection", "orders").gauge().value())
			.isZero();
	}

	@Test
	void noTagHoldsAPayload() {
		failToRead("com.acme.Prices");
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag::getValue)
			.contains("prices")
			.noneMatch((value) -> value.contains("s3cret"));
	}

	@Test
	void otherEventsAreNotCounted() {
		int before = this.registry.getMeters().size();
		this.observer
			.onEvent(new ConnectionEvent.Attempted("prices", 1, AT, ConnectionState.IDLE, "ws://localhost/test"));
		this.observer.onEvent(new ConnectionEvent.Closing("prices", 1, AT));
		this.observer.onEvent(new ConnectionEvent.Closed("prices", 1, AT, ConnectionState.CLOSING, null));
		assertThat(this.registry.getMeters()).hasSize(before);
	}

	@Test
	void everyMeterIsAsDocumented() {
		open();
		disconnect(REFUSED, true);
		discard(DiscardReason.EXPIRED, 1);
		answerHeartbeat(Duration.ofMillis(10));
		missHeartbeat();
		failToRead("com.acme.Prices");
		beSilent();
		Map<String, ConnectionMeter> documented = Arrays.stream(ConnectionMeter.values())
			.collect(Collectors.toMap(ConnectionMeter::getName, Function.identity()));
		Map<String, Meter.Id> registered = new TreeMap<>();
		for (Meter meter : this.registry.getMeters()) {
			registered.put(meter.getId().getName(), meter.getId());
		}
		assertThat(registered).hasSize(ConnectionMeter.values().length).containsOnlyKeys(documented.keySet());
		registered.forEach((name, id) -> isAsDocumented(id, documented.get(name)));
	}

	@Test
	void namesFollowTheConvention() {
		assertThat(ConnectionMeter.values()).extracting(ConnectionMeter::getName)
			.allMatch((name) -> name.matches("websocket\\.client(\\.[a-z]+)+"));
	}

	private static void isAsDocumented(Meter.Id id, ConnectionMeter documented) {
		assertThat(id.getType()).isEqualTo(documented.getType());
		assertThat(id.getBaseUnit()).isEqualTo(documented.getBaseUnit()).isNotBlank();
		assertThat(id.getDescription()).isEqualTo(documented.getDescription()).isNotBlank();
		assertThat(id.getTags()).extracting(Tag::getKey)
			.containsExactlyInAnyOrder(
					Arrays.stream(documented.getKeyNames()).map(KeyName::asString).toArray(String[]::new));
	}

	private void open() {
		this.observer.onEvent(new ConnectionEvent.Opened("prices", 1, AT, "", Duration.ofMillis(35), Duration.ZERO));
	}

	private void disconnect(Disconnect disconnect, boolean opened) {
		this.observer.onEvent(new ConnectionEvent.Disconnected("prices", 1, AT, disconnect, opened));
	}

	private void discard(DiscardReason reason, long messages) {
		this.observer.onEvent(new ConnectionEvent.MessagesDiscarded("prices", 1, AT, reason, messages));
	}

	private void answerHeartbeat(Duration roundTripTime) {
		this.observer.onEvent(new ConnectionEvent.HeartbeatAnswered("prices", 1, AT, roundTripTime));
	}

	private void missHeartbeat() {
		this.observer.onEvent(new ConnectionEvent.HeartbeatMissed("prices", 1, AT, 1));
	}

	private void failToRead(String listener) {
		this.observer
			.onEvent(new ConnectionEvent.MessageUnreadable("prices", 1, AT, listener, new UnreadableMessageException(
					"com.acme.Quote", new Message.Text("s3cret"), new IllegalArgumentException("s3cret"))));
	}

	private void beSilent() {
		this.observer.onEvent(new ConnectionEvent.FeedSilent("prices", 1, AT, Duration.ofSeconds(30)));
	}

	private double count(String name, String tag, String value) {
		return this.registry.get("websocket.client." + name)
			.tag("connection", "prices")
			.tag(tag, value)
			.counter()
			.count();
	}

	private double functionCount(String name, String connection, String direction) {
		return this.registry.get("websocket.client." + name)
			.tag("connection", connection)
			.tag("direction", direction)
			.functionCounter()
			.count();
	}

	private double depth(String direction) {
		return this.registry.get("websocket.client.queued")
			.tag("connection", "prices")
			.tag("direction", direction)
			.gauge()
			.value();
	}

}
