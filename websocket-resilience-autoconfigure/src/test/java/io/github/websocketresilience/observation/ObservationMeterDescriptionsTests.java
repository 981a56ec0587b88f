package io.github.websocketresilience.observation;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ObservationMeterDescriptions}.
 */
class ObservationMeterDescriptionsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@BeforeEach
	void configure() {
		this.registry.config().meterFilter(new ObservationMeterDescriptions());
	}

	@ParameterizedTest
	@ValueSource(strings = { "websocket.client.process", "websocket.client.request", "websocket.client.handshake" })
	void timersOfObservationsAreDescribed(String name) {
		Timer timer = this.registry.timer(name, "connection", "prices");
		assertThat(timer.getId().getDescription()).startsWith("Time ");
		assertThat(timer.getId().getTag("connection")).isEqualTo("prices");
		LongTaskTimer active = LongTaskTimer.builder(name + ".active").register(this.registry);
		assertThat(active.getId().getDescription()).startsWith("Time ").endsWith(", of those that last");
	}

	@Test
	void othersAreLeftAlone() {
		assertThat(this.registry.timer("http.client.requests").getId().getDescription()).isNull();
		assertThat(Timer.builder("websocket.client.process").description("mine").register(this.registry).getId())
			.satisfies((id) -> assertThat(id.getDescription()).isEqualTo("mine"));
	}

}
