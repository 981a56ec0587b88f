package io.github.websocketresilience.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.actuate.endpoint.ConnectionHistory;
import io.github.websocketresilience.actuate.endpoint.WebSocketsEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the settings that the endpoint shows: what is no secret as it was written, of
 * the rest that it is there, and no key is forgotten.
 */
class DescribedSettingsTests {

	private static final List<String> SHOWN = """
			url=wss://feed.example.com/ws
			auto-startup=false
			fail-fast=true
			compression=true
			connect-timeout=3s
			close-timeout=1500ms
			max-message-size=3KB
			group=feeds
			ssl.bundle=partner
			oauth2.registration-id=feed
			heartbeat.interval=90s
			heartbeat.timeout=2m
			heartbeat.max-missed=3
			heartbeat.proof=reply
			reconnect.enabled=false
			reconnect.delay=250ms
			reconnect.multiplier=1.5
			reconnect.max-delay=1h
			reconnect.jitter=0.25
			reconnect.max-attempts=7
			reconnect.reset-after=1d
			reconnect.stop-on-close-codes=1000,4401
			reconnect.stop-on-http-statuses=404
			outbound.when-disconnected=reject
			outbound.capacity=5
			outbound.max-bytes=1000B
			outbound.time-to-live=100us
			outbound.overflow=drop-oldest
			outbound.send-timeout=7ns
			outbound.rate-limit=10/1s
			inbound.capacity=9
			inbound.max-bytes=1GB
			inbound.overflow=drop-oldest
			inbound.dispatch=direct
			inbound.max-silence=30s
			inbound.on-silence=reconnect
			request.id=/id
			request.reply-id=/re/id
			request.timeout=4s
			request.max-pending=6
			health.grace-period=0s
			health.stopped-status=out-of-service
			observation.enabled=false
			log-payloads=64B
			""".lines().toList();

	private static final List<String> HIDDEN = """
			query.token=hush
			headers.X-Key=hush
			subprotocols[0]=hush
			subprotocols[1]=hush-too
			ignore[0]=hush
			basic.username=hush
			basic.password=hush
			proxy.username=hush
			proxy.password=hush
			heartbeat.message=hush
			heartbeat.reply.text=hush
			heartbeat.reply.contains=hush
			heartbeat.reply.pattern=hush
			heartbeat.reply.json[0]=/type=hush
			auto-replies[0].pattern=hush
			auto-replies[0].reply=hush
			on-open.send[0]=hush
			""".lines().toList();

	@Test
	void whatIsNoSecretIsShownAsItWasWritten() {
		Map<String, Object> shown = shown(SHOWN);
		assertThat(shown.entrySet().stream().map(DescribedSettingsTests::line)).containsExactlyElementsOf(SHOWN);
	}

	@Test
	void ofSecretsTheKeysAreShown() {
		Map<String, Object> shown = shown(
				Stream.concat(HIDDEN.stream(), Stream.of("url=wss://hush:hush@localhost/ws?hush")).toList());
		assertThat(shown.toString()).doesNotContain("hush");
		assertThat(shown).containsEntry("url", "wss://localhost/ws");
		assertThat(shown.entrySet()
			.stream()
			.filter((property) -> property.getValue().equals("******"))
			.map(Map.Entry::getKey))
			.containsExactlyInAnyOrderElementsOf(HIDDEN.stream().map(DescribedSettingsTests::key).toList());
	}

	@Test
	void severalAddressesAreShownInTheirOrder() {
		assertThat(shown(List.of("urls=wss://hush@b/ws,wss://a?hush"))).containsEntry("urls",
				List.of("wss://b/ws", "wss://a"));
	}

	@ParameterizedTest
	@MethodSource("keys")
	void noKeyIsForgotten(Key key) {
		assertThat(Stream.of(SHOWN, HIDDEN, List.of("urls=")).flatMap(List::stream).map(DescribedSettingsTests::key))
			.anyMatch((written) -> key.covers(ConfigurationPropertyName.adapt(written, '.')));
	}

	static List<Key> keys() {
		return Keys.of(ConnectionProperties.class).all();
	}

	private static Map<String, Object> shown(List<String> properties) {
		StubConnection connection = new StubConnection(
				WebSocketSettings.read(Environments.of(properties.toArray(String[]::new))).connections().get(0));
		WebSocketsEndpoint.ConnectionDescriptor descriptor = new WebSocketsEndpoint(new StubConnections(connection),
				new ConnectionHistory())
			.connection("default");
		assertThat(descriptor).isNotNull();
		return descriptor.settings();
	}

	private static String key(String line) {
		return line.substring(0, line.indexOf('='));
	}

	private static String line(Map.Entry<String, Object> property) {
		String value = (property.getValue() instanceof Collection<?> values)
				? values.stream().map(Object::toString).collect(Collectors.joining(","))
				: property.getValue().toString();
		return property.getKey() + "=" + value;
	}

}
