package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Keys}.
 */
class KeysTests {

	private final Keys keys = Keys.of(ApplicationProperties.class, ConnectionProperties.class);

	@Test
	void keysOfTheApplicationAreTheFiveThatAllConnectionsShare() {
		assertThat(ownedBy(Owner.APPLICATION)).containsExactlyInAnyOrder("enabled", "phase", "keep-alive", "threads.io",
				"threads.listeners");
	}

	@Test
	void policyKeysAreThoseThatNamedConnectionsInherit() {
		assertThat(ownedBy(Owner.POLICY)).containsExactlyInAnyOrder("auto-startup", "fail-fast", "compression",
				"connect-timeout", "close-timeout", "max-message-size", "heartbeat.interval", "heartbeat.timeout",
				"heartbeat.max-missed", "heartbeat.proof", "reconnect.enabled", "reconnect.delay",
				"reconnect.multiplier", "reconnect.max-delay", "reconnect.jitter", "reconnect.max-attempts",
				"reconnect.reset-after", "outbound.when-disconnected", "outbound.capacity", "outbound.max-bytes",
				"outbound.time-to-live", "outbound.overflow", "outbound.send-timeout", "outbound.rate-limit",
				"inbound.capacity", "inbound.max-bytes", "inbound.overflow", "inbound.dispatch", "inbound.max-silence",
				"inbound.on-silence", "health.grace-period", "health.stopped-status", "observation.enabled");
	}

	@Test
	void whatBelongsToOneServerIsNotInherited() {
		assertThat(ownedBy(Owner.SERVER)).containsExactlyInAnyOrder("url", "urls", "query", "headers", "subprotocols",
				"ignore", "heartbeat.message", "heartbeat.reply.text", "heartbeat.reply.contains",
				"heartbeat.reply.pattern", "heartbeat.reply.json", "auto-replies", "on-open.send",
				"reconnect.stop-on-close-codes", "reconnect.stop-on-http-statuses", "request.id", "request.reply-id",
				"request.timeout", "request.max-pending", "ssl.bundle", "basic.username", "basic.password",
				"oauth2.registration-id", "proxy.username", "proxy.password", "group", "log-payloads");
	}

	@Test
	void keyThatDoesNotSayToWhomItBelongsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Keys.of(Unmarked.class))
			.withMessage("'nested.forgotten' does not say to whom it belongs");
	}

	@Test
	void keyKnowsItsShapeAndElementType() {
		assertThat(key("heartbeat.interval").shape()).isEqualTo(Key.Shape.SCALAR);
		assertThat(key("heartbeat.interval").type()).isEqualTo(Duration.class);
		assertThat(key("headers").shape()).isEqualTo(Key.Shape.MAP);
		assertThat(key("reconnect.stop-on-close-codes").shape()).isEqualTo(Key.Shape.LIST);
		assertThat(key("reconnect.stop-on-close-codes").type()).isEqualTo(Integer.class);
		assertThat(key("auto-replies").shape()).isEqualTo(Key.Shape.RECORDS);
		assertThat(key("auto-replies").elements()).isNotNull()
			.satisfies((elements) -> assertThat(elements.all()).extracting((key) -> key.name().toString())
				.containsExactly("pattern", "reply"));
	}

	@Test
	void keyCoversWhatIsBelowIt() {
		assertThat(this.keys.covering(ConfigurationPropertyName.of("ignore[3]"))).contains(key("ignore"));
		assertThat(this.keys.covering(ConfigurationPropertyName.of("heartbeat"))).isEmpty();
		assertThat(this.keys.covering(ConfigurationPropertyName.of("ignored"))).isEmpty();
	}

	@Test
	void groupIsNoKey() {
		assertThat(this.keys.isGroup(ConfigurationPropertyName.of("heartbeat.reply"))).isTrue();
		assertThat(this.keys.isGroup(ConfigurationPropertyName.of("heartbeat.interval"))).isFalse();
	}

	private Key key(String name) {
		Map<String, Key> byName = this.keys.all()
			.stream()
			.collect(Collectors.toMap((key) -> key.name().toString(), Function.identity()));
		assertThat(byName).containsKey(name);
		return byName.get(name);
	}

	private List<String> ownedBy(Owner owner) {
		return this.keys.all()
			.stream()
			.filter((key) -> key.owner() == owner)
			.map((key) -> key.name().toString())
			.toList();
	}

	record Unmarked(Nested nested) {

		record Nested(@BelongsTo(Owner.SERVER) String marked, String forgotten) {
		}

	}

}
