package io.github.websocketresilience.metrics;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.StubConnection;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Members} and {@link Figure}: what is read from one connection, and
 * from several of a group.
 */
class MembersTests {

	private static final Amount NOTHING = new Amount(0, 0);

	private static final Disconnect REFUSED = Disconnect.of(Disconnect.Kind.CONNECT_FAILED, "connection refused");

	private final MockClock clock = new MockClock();

	private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final ConnectionObserver observer = new MetricsConnectionObserver(this.registry);

	private final Instant now = Instant.ofEpochMilli(this.clock.wallTime());

	private final StubConnection prices = new StubConnection("prices");

	private final StubConnection bids = member("bids");

	private final StubConnection asks = member("asks");

	@BeforeEach
	void add() {
		this.observer.onAdded(this.prices);
		this.observer.onAdded(this.bids);
		this.observer.onAdded(this.asks);
	}

	@AfterEach
	void close() {
		this.registry.close();
	}

	@ParameterizedTest
	@EnumSource
	void stateIsOneOfTheCurrentAndZeroOfTheOthers(ConnectionState state) {
		this.prices.be(state, this.now, this.now);
		Map<String, Double> expected = Arrays.stream(ConnectionState.values())
			.collect(Collectors.toMap((it) -> it.name().toLowerCase(Locale.ROOT), (it) -> (it == state) ? 1.0 : 0.0));
		assertThat(states("prices")).isEqualTo(expected);
	}

	@Test
	void stateOfAGroupIsTheNumberOfItsMembersInIt() {
		this.bids.be(ConnectionState.OPEN, this.now, null);
		this.asks.be(ConnectionState.OPEN, this.now, null);
		assertThat(states("feeds")).containsEntry("open", 2.0).containsEntry("waiting", 0.0);
		this.asks.be(ConnectionState.WAITING, this.now, this.now);
		assertThat(states("feeds")).containsEntry("open", 1.0).containsEntry("waiting", 1.0);
	}

	@Test
	void messagesAndBytesAreAddedUp() {
		this.prices.amounts(NOTHING, NOTHING, new Amount(1, 10), new Amount(2, 20));
		this.bids.amounts(NOTHING, NOTHING, new Amount(3, 30), new Amount(4, 40));
		this.asks.amounts(NOTHING, NOTHING, new Amount(5, 50), new Amount(6, 60));
		assertThat(count("messages", "prices", "out")).isEqualTo(1);
		assertThat(count("messages", "prices", "in")).isEqualTo(2);
		assertThat(count("bytes", "prices", "out")).isEqualTo(10);
		assertThat(count("bytes", "prices", "in")).isEqualTo(20);
		assertThat(count("messages", "feeds", "out")).isEqualTo(8);
		assertThat(count("bytes", "feeds", "in")).isEqualTo(100);
	}

	@Test
	void queuesAndCapacitiesAreAddedUp() {
		this.bids.amounts(new Amount(7, 70), new Amount(8, 80), NOTHING, NOTHING);
		this.asks.amounts(new Amount(1, 10), new Amount(2, 20), NOTHING, NOTHING);
		assertThat(gauge("queued", "feeds", "out")).isEqualTo(8);
		assertThat(gauge("queued", "feeds", "in")).isEqualTo(10);
		assertThat(gauge("capacity", "feeds", "out")).isEqualTo(2 * this.bids.settings().outbound().capacity());
		assertThat(gauge("capacity", "feeds", "in")).isEqualTo(2 * this.bids.settings().inbound().capacity());
	}

	@Test
	void fillIsThatOfTheFullestByMessagesOrBytes() {
		long maxBytes = this.bids.settings().outbound().maxBytes();
		this.bids.amounts(new Amount(1, maxBytes / 2), new Amount(64, 0), NOTHING, NOTHING);
		this.asks.amounts(new Amount(100, 0), NOTHING, NOTHING, NOTHING);
		assertThat(gauge("fill", "feeds", "out")).isEqualTo(0.5);
		assertThat(gauge("fill", "feeds", "in")).isEqualTo(0.25);
		this.bids.amounts(NOTHING, new Amount(1000, 0), NOTHING, NOTHING);
		assertThat(gauge("fill", "feeds", "out")).isEqualTo(0.1);
		assertThat(gauge("fill", "feeds", "in")).isEqualTo(1);
	}

	@Test
	void notOpenLastsWhileTheConnectionIsWanted() {
		assertThat(gauge("not.open", "prices")).isZero();
		for (ConnectionState state : new ConnectionState[] { ConnectionState.CONNECTING, ConnectionState.WAITING }) {
			this.prices.be(state, this.now, this.now.minusSeconds(90));
			assertThat(gauge("not.open", "prices")).isEqualTo(90);
		}
		this.prices.be(ConnectionState.OPEN, this.now, null);
		assertThat(gauge("not.open", "prices")).isZero();
		this.prices.be(ConnectionState.CLOSED, this.now, this.now.minusSeconds(90));
		assertThat(gauge("not.open", "prices")).isZero();
		assertThat(gauge("gave.up", "prices")).isZero();
		this.prices.disconnected(REFUSED, true);
		assertThat(gauge("not.open", "prices")).isEqualTo(90);
		assertThat(gauge("gave.up", "prices")).isEqualTo(1);
	}

	@Test
	void notOpenOfAGroupIsTheLongest() {
		this.bids.be(ConnectionState.WAITING, this.now, this.now.minusSeconds(90));
		this.asks.be(ConnectionState.WAITING, this.now, this.now.minusSeconds(20));
		assertThat(gauge("not.open", "feeds")).isEqualTo(90);
		this.bids.be(ConnectionState.OPEN, this.now, null);
		assertThat(gauge("not.open", "feeds")).isEqualTo(20);
	}

	@Test
	void ageOfTheLastMessageIsThatOfTheMostRecent() {
		assertThat(gauge("last.message.age", "feeds")).isNaN();
		this.bids.lastMessageAt(this.now.minusMillis(40_500));
		assertThat(gauge("last.message.age", "feeds")).isEqualTo(40.5);
		this.asks.lastMessageAt(this.now.minusSeconds(2));
		assertThat(gauge("last.message.age", "feeds")).isEqualTo(2);
		this.bids.lastMessageAt(this.now.plusSeconds(2));
		assertThat(gauge("last.message.age", "feeds")).as("by another clock").isZero();
	}

	@Test
	void silentAndPausedMembersAndPendingRequestsAreCounted() {
		this.bids.silentSince(this.now);
		this.bids.readingPaused(true);
		this.asks.readingPaused(true);
		this.bids.pendingRequests(3);
		this.asks.pendingRequests(4);
		assertThat(gauge("silent", "feeds")).isEqualTo(1);
		assertThat(gauge("reading.paused", "feeds")).isEqualTo(2);
		assertThat(gauge("pending.requests", "feeds")).isEqualTo(7);
		assertThat(gauge("silent", "prices")).isZero();
		assertThat(gauge("reading.paused", "prices")).isZero();
		assertThat(gauge("pending.requests", "prices")).isZero();
	}

	@Test
	void listenerTimeIsAddedUp() {
		this.bids.listening(3, Duration.ofSeconds(2));
		this.asks.listening(4, Duration.ofMillis(500));
		FunctionTimer timer = this.registry.get("websocket.client.listener.time")
			.tag("connection", "feeds")
			.functionTimer();
		assertThat(timer.count()).isEqualTo(7);
		assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(2.5);
	}

	private Map<String, Double> states(String connection) {
		return this.registry.get("websocket.client.state")
			.tag("connection", connection)
			.gauges()
			.stream()
			.collect(Collectors.toMap((gauge) -> gauge.getId().getTag("state"), Gauge::value));
	}

	private double count(String name, String connection, String direction) {
		return this.registry.get("websocket.client." + name)
			.tags("connection", connection, "direction", direction)
			.functionCounter()
			.count();
	}

	private double gauge(String name, String connection, String direction) {
		return this.registry.get("websocket.client." + name)
			.tags("connection", connection, "direction", direction)
			.gauge()
			.value();
	}

	private double gauge(String name, String connection) {
		return this.registry.get("websocket.client." + name).tag("connection", connection).gauge().value();
	}

	private static StubConnection member(String name) {
		return new StubConnection(
				ConnectionSettings.builder(name, URI.create("ws://localhost/ws")).group("feeds").build());
	}

}
