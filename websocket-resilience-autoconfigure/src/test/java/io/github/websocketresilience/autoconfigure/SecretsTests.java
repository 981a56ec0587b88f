package io.github.websocketresilience.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Secrets}.
 */
class SecretsTests {

	@ParameterizedTest
	@CsvSource({ "wss://example.com:8443/ws, wss://example.com:8443/ws",
			"wss://example.com/ws?token=s3cret, wss://example.com/ws",
			"wss://example.com/ws#s3cret, wss://example.com/ws",
			"wss://user:s3cret@example.com/ws, wss://example.com/ws",
			"wss://user:s3c@ret@example.com/ws, wss://example.com/ws",
			"wss://user:s3c/ret@exa mple.com/ws, wss://exa mple.com/ws", "wss://user:s3c?ret@example.com/ws, wss://...",
			"wss://example.com/ws?mail=a@b.c&token=s3cret, wss://...",
			"wss://user:s3cret%40example.com/ws, wss://example.com/ws",
			"wss:user:s3cret@example.com/ws, example.com/ws", "s3cret@x//example.com/ws, x//example.com/ws",
			"${FEED_URL}, ${FEED_URL}" })
	void addressIsShownWithoutSecrets(String text, String shown) {
		assertThat(Secrets.showUrl(text)).isEqualTo(shown).doesNotContain("s3c");
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers", "headers.authorization", "query.token", "on-open.send", "on-open.send[0]",
			"heartbeat.message", "auto-replies[1].pattern", "auto-replies[0].reply", "basic.username", "basic.password",
			"proxy.username", "proxy.password" })
	void valueThatMayBeASecretIsNotShown(String key) {
		assertThat(Secrets.show(ConfigurationPropertyName.of(key), "s3cret")).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			wss://a/ws?s3cret,wss://b/ws          | wss://a/ws
			wss://u:s3cret@a/ws,wss://u:s3cret@b/ | wss://b/
			wss://u:s3,cret@a/ws                  | wss://a/ws
			wss://a/ws?t=s3c@ret,wss://b          | wss://...
			""")
	void addressesInOneTextAreShownWithoutSecrets(String text, String shown) {
		assertThat(Secrets.show(ConfigurationPropertyName.of("urls"), text)).isEqualTo(shown);
		assertThat(Secrets.show(ConfigurationPropertyName.of("urls[1]"), text)).isEqualTo(shown);
	}

	@Test
	void otherValueIsShown() {
		assertThat(Secrets.show(ConfigurationPropertyName.of("heartbeat.interval"), "25x")).isEqualTo("25x");
	}

}
