package io.github.websocketresilience;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings.Credentials;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Security}, and for what {@link HandshakeRequest} makes of it.
 */
class SecurityTests {

	@ParameterizedTest
	@CsvSource({ "Aladdin, open sesame, Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "test, 123£, Basic dGVzdDoxMjPCow==",
			"name, a:b, Basic bmFtZTphOmI=" })
	void basicAuthenticationIsAsInTheRfc(String username, String password, String header) {
		assertThat(request(basic(username, password), Map.of()).headers())
			.containsOnly(Map.entry("Authorization", header));
	}

	@Test
	void passwordMayBeEmpty() {
		String header = request(basic("token", ""), Map.of()).headers().get("authorization");
		assertThat(new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8))
			.isEqualTo("token:");
	}

	@Test
	void withoutBasicAuthenticationThereIsNoHeader() {
		assertThat(request(new Security(null, null, null, new Credentials("a", "b")), Map.of()).headers()).isEmpty();
	}

	@Test
	void customizerOverridesBasicAuthentication() {
		HandshakeRequest request = request(basic("a", "b"), Map.of("X-Key", "1"));
		request.header("authorization", "Bearer fresh");
		assertThat(request.headers()).hasSize(2).containsEntry("Authorization", "Bearer fresh");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization", "authorization" })
	void headerAndBasicAuthenticationExcludeEachOther(String name) {
		assertRefused(() -> settings(basic("a", "s3cret"), Map.of(name, "s3cret")),
				"'headers.Authorization' must not be set together with 'basic.username'");
	}

	@Test
	void headerAndTokenExcludeEachOther() {
		assertRefused(() -> settings(new Security(null, null, "feed", null), Map.of("Authorization", "s3cret")),
				"'headers.Authorization' must not be set together with 'oauth2.registration-id'");
	}

	@Test
	void basicAuthenticationAndTokenExcludeEachOther() {
		assertRefused(() -> new Security(null, new Credentials("a", "s3cret"), "feed", null),
				"'oauth2.registration-id' is 'feed' but must not be set together with 'basic.username'");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			s3:cret   | a          | username' must not hold a colon
			s3\\ncret | a          | username' must hold no control character, such as a line break
			a         | s3cret\\n  | password' must hold no control character, such as a line break
			""")
	void credentialsThatCannotBeSentAreRefused(String username, String password, String message) {
		Credentials credentials = new Credentials(username.translateEscapes(), password.translateEscapes());
		assertRefused(() -> new Security(null, credentials, null, null), "'basic." + message);
		assertRefused(() -> new Security(null, null, null, credentials), "'proxy." + message);
	}

	@Test
	void credentialsAreNotShown() {
		ConnectionSettings settings = settings(
				new Security("tls", new Credentials("s3cret", "s3cret"), null, new Credentials("s3cret", "s3cret")),
				Map.of());
		assertThat(settings.toString()).contains("sslBundle=tls").doesNotContain("s3cret");
		assertThat(new HandshakeRequest(settings, 1, null).toString()).doesNotContain("s3cret", "czNjcmV0");
	}

	private static void assertRefused(Runnable code, String message) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(code::run)
			.withMessage(message)
			.satisfies((ex) -> assertThat(ex.value()).isNotEqualTo("s3cret"));
	}

	private static Security basic(String username, String password) {
		return new Security(null, new Credentials(username, password), null, null);
	}

	private static HandshakeRequest request(Security security, Map<String, String> headers) {
		return new HandshakeRequest(settings(security, headers), 1, null);
	}

	private static ConnectionSettings settings(Security security, Map<String, String> headers) {
		return ConnectionSettings.builder("prices", URI.create("wss://localhost"))
			.security(security)
			.handshake(new Handshake(Map.of(), headers, List.of(), Duration.ofSeconds(1)))
			.build();
	}

}
