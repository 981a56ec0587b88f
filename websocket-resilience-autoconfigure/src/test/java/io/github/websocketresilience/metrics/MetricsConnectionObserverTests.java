package io.github.websocketresilience.metrics;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsConnectionObserver}: how meters come and go with connections.
 */
class MetricsConnectionObserverTests {

	private static final Amount NOTHING = new Amount(0, 0);

	private final MockClock clock = new MockClock();

	private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final ConnectionObserver observer = new MetricsConnectionObserver(this.registry);

	@AfterEach
	void close() {
		this.registry.close();
	}

	@Test
	void countersNeverGoBackWhenMembersLeave() {
		StubConnection first = member("first");
		StubConnection second = member("second");
		this.observer.onAdded(first);
		this.observer.onAdded(second);
		received(first, 10);
		received(second, 5);
		new Told(this.observer, "first").heartbeatMissed();
		assertThat(received(this.registry)).isEqualTo(15);
		received(first, 12);
		this.observer.onRemoved(first);
		assertThat(received(this.registry)).isEqualTo(17);
		received(first, 1000);
		assertThat(received(this.registry)).as("nobody asks who has left").isEqualTo(17);
		received(second, 6);
		assertThat(received(this.registry)).isEqualTo(18);
		assertThat(misses(this.registry)).isEqualTo(1);
		assertThat(inState(this.registry, "idle")).isEqualTo(1);
	}

	@Test
	void memberThatComesBackUnderItsNameIsAnother() {
		StubConnection stays = member("stays");
		StubConnection leaves = member("leaves");
		this.observer.onAdded(stays);
		this.observer.onAdded(leaves);
		received(leaves, 7);
		this.observer.onRemoved(leaves);
		StubConnection back = member("leaves");
		this.observer.onAdded(back);
		received(back, 2);
		assertThat(received(this.registry)).isEqualTo(9);
	}

	@Test
	void lastMemberTakesAllMetersAlong() {
		StubConnection first = member("first");
		StubConnection second = member("second");
		StubConnection alone = new StubConnection("alone");
		List.of(first, second, alone).forEach(this.observer::onAdded);
		new Told(this.observer, "first").everything();
		new Told(this.observer, "second").everything();
		new Told(this.observer, "alone").everything();
		int ofOne = this.registry.getMeters().size() / 2;
		this.observer.onRemoved(first);
		assertThat(this.registry.getMeters()).hasSize(2 * ofOne);
		this.observer.onRemoved(second);
		assertThat(this.registry.getMeters()).hasSize(ofOne)
			.allMatch((meter) -> "alone".equals(meter.getId().getTag("connection")));
		this.observer.onRemoved(alone);
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void groupThatBeginsAnewCountsFromZero() {
		StubConnection first = member("first");
		this.observer.onAdded(first);
		received(first, 10);
		new Told(this.observer, "first").heartbeatMissed();
		this.observer.onRemoved(first);
		this.observer.onAdded(member("second"));
		assertThat(received(this.registry)).isZero();
		assertThat(misses(this.registry)).isZero();
	}

	@Test
	void eventsOfConnectionsThatNobodyAddedMakeNoMeters() {
		new Told(this.observer, "nobody").everything();
		this.observer.onRemoved(new StubConnection("nobody"));
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void oneScrapeTakesOneSnapshotOfEachOfAThousandMembers() {
		PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT,
				new PrometheusRegistry(), this.clock);
		ConnectionObserver scraped = new MetricsConnectionObserver(prometheus);
		AtomicInteger snapshots = new AtomicInteger();
		List<WebSocketConnection> members = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			members.add(counting(member("m" + i), snapshots));
		}
		members.forEach(scraped::onAdded);
		assertThat(snapshots).hasValue(0);
		assertThat(prometheus.scrape())
			.contains("websocket_client_state_connections{connection=\"feeds\",state=\"idle\"} 1000.0");
		assertThat(snapshots).hasValue(1000);
		prometheus.scrape();
		assertThat(snapshots).as("the next scrape is not given what the last one was").hasValue(2000);
		members.forEach(scraped::onRemoved);
		assertThat(prometheus.scrape()).isEmpty();
		prometheus.close();
	}

	@Test
	void readingIsGivenForOneSecondOnly() {
		StubConnection first = member("first");
		this.observer.onAdded(first);
		assertThat(received(this.registry)).isZero();
		first.readingPaused(true);
		this.clock.add(Duration.ofNanos(Reading.GOOD_FOR_NANOS - 1));
		assertThat(paused()).as("as old as the number of messages").isZero();
		assertThat(paused()).as("asked again").isEqualTo(1);
		first.readingPaused(false);
		assertThat(received(this.registry)).isZero();
		first.readingPaused(true);
		received(this.registry);
		first.readingPaused(false);
		this.clock.add(Duration.ofNanos(Reading.GOOD_FOR_NANOS));
		assertThat(paused()).isZero();
	}

	private double received(MeterRegistry read) {
		return read.get("websocket.client.messages").tag("direction", "in").functionCounter().count();
	}

	private double misses(MeterRegistry read) {
		return read.get("websocket.client.heartbeat.misses").counter().count();
	}

	private double inState(MeterRegistry read, String state) {
		return read.get("websocket.client.state").tag("state", state).gauge().value();
	}

	private double paused() {
		return this.registry.get("websocket.client.reading.paused").gauge().value();
	}

	private static void received(StubConnection connection, long messages) {
		connection.amounts(NOTHING, NOTHING, NOTHING, new Amount(messages, messages));
	}

	private static StubConnection member(String name) {
		return new StubConnection(
				ConnectionSettings.builder(name, URI.create("ws://localhost/ws")).group("feeds").build());
	}

	private static WebSocketConnection counting(WebSocketConnection connection, AtomicInteger snapshots) {
		return (WebSocketConnection) Proxy.newProxyInstance(WebSocketConnection.class.getClassLoader(),
				new Class<?>[] { WebSocketConnection.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "snapshot" -> {
						snapshots.incrementAndGet();
						yield connection.snapshot();
					}
					case "hashCode" -> System.identityHashCode(proxy);
					case "equals" -> proxy == arguments[0];
					default -> method.invoke(connection, arguments);
				});
	}

}
