package io.github.websocketresilience.transport;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings;
import org.apache.tomcat.websocket.Constants;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContainerPropertiesTests {

	@Test
	void typesAreThoseThatTomcatWants() {
		Map<String, Object> properties = ContainerProperties
			.of(ConnectionSettings.builder("test", URI.create("ws://localhost")).build());
		assertThat(properties).containsEntry(Constants.IO_TIMEOUT_MS_PROPERTY, "10000")
			.containsEntry(Constants.MAX_REDIRECTIONS_PROPERTY, "0")
			.containsEntry(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY, 11_000L)
			.containsEntry(Constants.SESSION_CLOSE_TIMEOUT_PROPERTY, 1000L)
			.containsEntry(Constants.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT_PROPERTY, 50L)
			.as("so that a challenge of a proxy and one of a server differ")
			.containsEntry(Constants.WS_AUTHENTICATION_PROXY_USER_NAME, "")
			.hasSize(6);
	}

	@Test
	void credentialsAreForProxiesOnly() {
		Map<String, Object> properties = ContainerProperties
			.of(ConnectionSettings.builder("test", URI.create("ws://localhost"))
				.security(new ConnectionSettings.Security(null, null, null,
						new ConnectionSettings.Credentials("name", "word")))
				.build());
		assertThat(properties).containsEntry(Constants.WS_AUTHENTICATION_PROXY_USER_NAME, "name")
			.containsEntry(Constants.WS_AUTHENTICATION_PROXY_PASSWORD, "word")
			.doesNotContainKeys(Constants.WS_AUTHENTICATION_USER_NAME, Constants.WS_AUTHENTICATION_PASSWORD);
	}

	@Test
	void timeoutsOfAYearFitIntoTomcatsInt() {
		Map<String, Object> properties = new HashMap<>();
		ContainerProperties.beforeClose(properties, Duration.ofDays(365));
		assertThat(properties.get(Constants.SESSION_CLOSE_TIMEOUT_PROPERTY)).isEqualTo((long) Integer.MAX_VALUE);
		assertThat(properties.get(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY)).isEqualTo(2000L);
	}

	@Test
	void flushAndCloseFrameOfAnAbortTogetherTakeFiftyMilliseconds() {
		Map<String, Object> properties = new HashMap<>();
		ContainerProperties.beforeAbort(properties);
		assertThat(properties)
			.containsOnlyKeys(Constants.BLOCKING_SEND_TIMEOUT_PROPERTY,
					Constants.ABNORMAL_SESSION_CLOSE_SEND_TIMEOUT_PROPERTY)
			.allSatisfy((key, value) -> assertThat(value).isInstanceOf(Long.class));
		assertThat(properties.values()).extracting((value) -> (Long) value)
			.satisfies((values) -> assertThat(values.stream().mapToLong(Long::longValue).sum()).isEqualTo(50));
	}

}
