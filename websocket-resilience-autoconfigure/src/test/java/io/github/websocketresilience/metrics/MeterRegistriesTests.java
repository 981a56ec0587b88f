package io.github.websocketresilience.metrics;

import java.lang.ref.WeakReference;
import java.net.URI;

import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot.Amount;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MetricsConnectionObserver} with the registries that applications have:
 * composed, filtered, several, longer-lived.
 */
class MeterRegistriesTests {

	private static final Amount NOTHING = new Amount(0, 0);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ConnectionObserver observer = new MetricsConnectionObserver(this.registry);

	@AfterEach
	void close() {
		this.registry.close();
	}

	@Test
	void registriesAddedToACompositeLaterSeeAllMeters() {
		CompositeMeterRegistry composite = new CompositeMeterRegistry(Clock.SYSTEM);
		ConnectionObserver observed = new MetricsConnectionObserver(composite);
		StubConnection first = member("first");
		observed.onAdded(first);
		first.amounts(NOTHING, NOTHING, NOTHING, new Amount(10, 100));
		composite.add(this.registry);
		new Told(observed, "first").heartbeatMissed();
		assertThat(received(this.registry)).isEqualTo(10);
		assertThat(misses(this.registry)).isEqualTo(1);
		observed.onRemoved(first);
		assertThat(this.registry.getMeters()).isEmpty();
		assertThat(composite.getMeters()).isEmpty();
	}

	@Test
	void filtersMayDenyAndRename() {
		this.registry.config()
			.commonTags("region", "eu")
			.meterFilter(MeterFilter.denyNameStartsWith("websocket.client.bytes"))
			.meterFilter(MeterFilter.renameTag("websocket.client", "connection", "websocket"));
		StubConnection first = member("first");
		this.observer.onAdded(first);
		new Told(this.observer, "first").everything();
		assertThat(this.registry.find("websocket.client.bytes").meters()).isEmpty();
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.getId().getTags()).contains(Tag.of("region", "eu"),
					Tag.of("websocket", "feeds")));
		this.observer.onRemoved(first);
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void registriesOfTwoApplicationsAreApart() {
		SimpleMeterRegistry other = new SimpleMeterRegistry();
		ConnectionObserver theirs = new MetricsConnectionObserver(other);
		StubConnection ours = member("first");
		this.observer.onAdded(ours);
		theirs.onAdded(member("first"));
		ours.amounts(NOTHING, NOTHING, NOTHING, new Amount(10, 100));
		assertThat(received(this.registry)).isEqualTo(10);
		assertThat(received(other)).isZero();
		this.observer.onRemoved(ours);
		assertThat(other.getMeters()).isNotEmpty();
		other.close();
	}

	@Test
	void registryThatOutlivesAnApplicationKeepsNoConnectionAlive() {
		WeakReference<WebSocketConnection> forgotten = metered(this.registry);
		Awaitility.await().untilAsserted(() -> {
			System.gc();
			assertThat(forgotten.refersTo(null)).isTrue();
		});
		assertThat(this.registry.getMeters()).isNotEmpty();
	}

	private static WeakReference<WebSocketConnection> metered(MeterRegistry registry) {
		StubConnection connection = member("first");
		new MetricsConnectionObserver(registry).onAdded(connection);
		return new WeakReference<>(connection);
	}

	private double received(MeterRegistry read) {
		return read.get("websocket.client.messages").tag("direction", "in").functionCounter().count();
	}

	private double misses(MeterRegistry read) {
		return read.get("websocket.client.heartbeat.misses").counter().count();
	}

	private static StubConnection member(String name) {
		return new StubConnection(
				ConnectionSettings.builder(name, URI.create("ws://localhost/ws")).group("feeds").build());
	}

}
