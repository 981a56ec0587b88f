package io.github.websocketresilience.autoconfigure;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link NearestKey}.
 */
class NearestKeyTests {

	private final List<ConfigurationPropertyName> keys = Keys
		.of(ApplicationProperties.class, ConnectionProperties.class)
		.all()
		.stream()
		.map(Key::name)
		.toList();

	@ParameterizedTest
	@CsvSource({ "ulr, url", "uri, url", "heartbeat.intervall, heartbeat.interval", "header, headers",
			"max-delay, reconnect.max-delay", "reconect.jitter, reconnect.jitter",
			"connection-timeout, connect-timeout", "heartbeat.max-misses, heartbeat.max-missed" })
	void typingErrorIsNearestToWhatWasMeant(String written, String meant) {
		assertThat(NearestKey.to(ConfigurationPropertyName.of(written), this.keys)).hasToString(meant);
	}

}
