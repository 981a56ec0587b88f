package io.github.websocketresilience.metrics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.StubConnection;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionMeter}: what is registered is what is documented.
 */
class ConnectionMeterTests {

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ConnectionObserver observer = new MetricsConnectionObserver(this.registry);

	@AfterEach
	void close() {
		this.registry.close();
	}

	@Test
	void everyMeterIsAsDocumented() {
		this.observer.onAdded(new StubConnection("prices"));
		new Told(this.observer, "prices").everything();
		Map<String, ConnectionMeter> documented = Arrays.stream(ConnectionMeter.values())
			.collect(Collectors.toMap(ConnectionMeter::getName, Function.identity()));
		Map<String, Meter.Id> registered = new TreeMap<>();
		for (Meter meter : this.registry.getMeters()) {
			registered.put(meter.getId().getName(), meter.getId());
		}
		assertThat(registered).containsOnlyKeys(documented.keySet());
		registered.forEach((name, id) -> isAsDocumented(id, documented.get(name)));
	}

	@Test
	void allButDisconnectsAreThereBeforeAnythingHappens() {
		this.observer.onAdded(new StubConnection("prices"));
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsOnly(Arrays.stream(ConnectionMeter.values())
				.filter((meter) -> meter != ConnectionMeter.DISCONNECTS)
				.map(ConnectionMeter::getName)
				.toArray(String[]::new));
	}

	@Test
	void namesFollowTheConvention() {
		assertThat(ConnectionMeter.values()).extracting(ConnectionMeter::getName)
			.allMatch((name) -> name.matches("websocket\\.client(\\.[a-z]+)+"));
	}

	@Test
	void noTagHoldsAPayloadOrWhatThePeerSays() {
		this.observer.onAdded(new StubConnection("prices"));
		new Told(this.observer, "prices").everything();
		assertThat(this.registry.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.extracting(Tag::getValue)
			.contains("prices")
			.noneMatch((value) -> value.contains(Told.SECRET));
	}

	private static void isAsDocumented(Meter.Id id, ConnectionMeter documented) {
		assertThat(id.getType()).isEqualTo(documented.getType());
		assertThat(id.getBaseUnit()).isEqualTo(documented.getBaseUnit()).isNotBlank();
		assertThat(id.getDescription()).isEqualTo(documented.getDescription()).isNotBlank();
		assertThat(id.getTags()).extracting(Tag::getKey)
			.containsExactlyInAnyOrder(
					Arrays.stream(documented.getKeyNames()).map(KeyName::asString).toArray(String[]::new));
	}

}
