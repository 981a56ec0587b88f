package io.github.websocketresilience;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionSettings.AutoReply;
import io.github.websocketresilience.ConnectionSettings.Builder;
import io.github.websocketresilience.ConnectionSettings.Credentials;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Heartbeat;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.Reply;
import io.github.websocketresilience.ConnectionSettings.Security;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConnectionSettings}: every rule at its limit and one past it, and that
 * no secret is shown.
 */
class ConnectionSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	@ParameterizedTest
	@MethodSource("io.github.websocketresilience.SettingsRules#all")
	void ruleHoldsAtItsLimitAndNotOnePast(SettingsRules.Rule rule) {
		assertThat(build(rule.accepted())).isNotNull();
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> build(rule.refused()))
			.satisfies((ex) -> assertThat(ex.property()).isEqualTo(rule.property()))
			.withMessageStartingWith("'" + rule.property() + "'")
			.withMessageContaining(" must ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "prices", "a", "0", "prices-2", "-" })
	void nameMayBe(String name) {
		assertThat(ConnectionSettings.builder(name, URI.create("ws://localhost")).build().name()).isEqualTo(name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Prices", "a_b", "a.b", "a b", "ä" })
	void nameMustNotBe(String name) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(ConnectionSettings.builder(name, URI.create("ws://localhost"))::build)
			.withMessage("'name' is '" + name + "' but must consist of a-z, 0-9 and dashes");
	}

	@ParameterizedTest
	@CsvSource({ "ws://host/ws,ws://host/ws", "wss://host,wss://host", "http://host:8080/a?b=c,ws://host:8080/a?b=c",
			"https://u:p@host/%20,wss://u:p@host/%20", "WS://Host,ws://Host", "HTTPS://host/,wss://host/",
			"http://[::1]:80/,ws://[::1]:80/" })
	void urlIsMapped(URI url, URI expected) {
		assertThat(ConnectionSettings.builder("prices", url).build().url()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			ftp://u:secret@host/a?b=secret#c, 'url' is 'ftp://host/a' but must begin with ws:// or wss://
			ws:///path?b=secret,              'url' is 'ws:///path' but must have a host
			ws://u:secret@host_name/a,        'url' is 'ws:///a' but must have a host
			host/ws?b=secret,                 'url' is 'host/ws' but must begin with ws:// or wss://
			wss://host:1/a?b=secret#secret,   'url' is 'wss://host:1/a' but must have no fragment (#)
			""")
	void urlMustNotBe(URI url, String message) {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(ConnectionSettings.builder("prices", url)::build)
			.withMessage(message);
	}

	@Test
	void messageOfARuleNamesTheValue() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> build((builder) -> builder.closeTimeout(Duration.ofSeconds(-5))))
			.withMessage("'close-timeout' is 'PT-5S' but must not be negative")
			.satisfies((ex) -> {
				assertThat(ex.value()).isEqualTo("PT-5S");
				assertThat(ex.requirement()).isEqualTo("not be negative");
			});
	}

	@Test
	void messageOfARuleShowsNoSecret() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> heartbeat(SECOND, SECOND, "{{secret}}"))
			.satisfies((ex) -> assertThat(ex.value()).isNull())
			.withMessageNotContaining("secret");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new AutoReply(Pattern.compile("secret"), "secret $1"))
			.withMessage("'auto-replies.reply' must not use $1: its pattern has 0 groups");
	}

	@Test
	void toStringShowsNoSecret() {
		ConnectionSettings settings = ConnectionSettings.builder("prices")
			.urls(List.of(URI.create("wss://secret:secret@host:1/path?token=secret"),
					URI.create("wss://secret@other/path?secret")))
			.security(new Security("bundle", new Credentials("secret", "secret"), null,
					new Credentials("secret", "secret")))
			.handshake(new Handshake(Map.of("q", "secret"), Map.of("X-Key", "secret"), List.of("secret"), SECOND))
			.ignore(List.of(Pattern.compile("secret")))
			.autoReplies(List.of(new AutoReply(Pattern.compile("secret"), "secret")))
			.onOpen(List.of("secret"))
			.heartbeat(new Heartbeat(SECOND, SECOND, 1, "secret",
					new Reply("secret", "secret", Pattern.compile("secret"), Map.of("/a", "secret")), Proof.ANY))
			.build();
		assertThat(settings.toString()).doesNotContain("secret")
			.contains("name=prices", "urls=[wss://host:1/path, wss://other/path]", "query=[q]", "headers=[X-Key]",
					"onOpen=1", "text");
		assertThat(settings.autoReplies().toString()).doesNotContain("secret");
		assertThat(build((builder) -> builder.url(URI.create("ws://localhost"))).toString()).contains("ping");
	}

	@Test
	void headersIgnoreCase() {
		Handshake handshake = new Handshake(Map.of(), Map.of("X-Key", "1"), List.of(), SECOND);
		assertThat(handshake.headers()).containsEntry("x-key", "1");
	}

	@Test
	void heartbeatsAreJudgedWhenTheyAreOnAndHaveATimeout() {
		assertThat(heartbeat(Duration.ZERO, SECOND, null)).matches((heartbeat) -> !heartbeat.isOn())
			.matches((heartbeat) -> !heartbeat.isJudged());
		assertThat(heartbeat(SECOND, Duration.ZERO, null)).matches(Heartbeat::isOn)
			.matches((heartbeat) -> !heartbeat.isJudged());
		assertThat(heartbeat(SECOND, SECOND, null)).matches(Heartbeat::isOn).matches(Heartbeat::isJudged);
	}

	@ParameterizedTest
	@CsvSource({ "t,,,,false", ",c,,,false", ",,p,,false", ",,,/j,false", ",,,,true" })
	void replyIsDefaultWhenNothingIsGiven(@Nullable String text, @Nullable String contains, @Nullable String pattern,
			@Nullable String pointer, boolean isDefault) {
		Reply reply = new Reply(text, contains, (pattern != null) ? Pattern.compile(pattern) : null,
				(pointer != null) ? Map.of(pointer, "x") : Map.of());
		assertThat(reply.isDefault()).isEqualTo(isDefault);
	}

	private static ConnectionSettings build(Consumer<Builder> change) {
		Builder builder = ConnectionSettings.builder("prices", URI.create("ws://localhost"));
		change.accept(builder);
		return builder.build();
	}

	private static Heartbeat heartbeat(Duration interval, Duration timeout, @Nullable String message) {
		return new Heartbeat(interval, timeout, 1, message, Reply.DEFAULT, Proof.ANY);
	}

}
