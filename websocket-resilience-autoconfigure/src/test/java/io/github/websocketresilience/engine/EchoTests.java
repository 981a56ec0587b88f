package io.github.websocketresilience.engine;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Credentials;
import io.github.websocketresilience.ConnectionSettings.Handshake;
import io.github.websocketresilience.ConnectionSettings.Security;
import io.github.websocketresilience.HandshakeRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Echo}.
 */
class EchoTests {

	private final TestConnection connection = new TestConnection();

	@ParameterizedTest
	@ValueSource(strings = { "header-value", "query-value", "in%20url", "in url", "user", "pass-word", "protocol-token",
			"{\"token\":\"first\"}", "later-token", "Bearer later-token", "on-open" })
	void whatThePeerWasToldIsTakenOut(String secret) {
		assertThat(echo().withoutSecrets("bad: " + secret + "!")).isEqualTo("bad: ******!");
	}

	@Test
	void basicCredentialsAreTakenOutAlsoOneByOne() {
		ConnectionSettings settings = ConnectionSettings.builder("test", URI.create("ws://localhost/ws"))
			.security(new Security(null, new Credentials("username", "password"), null, null))
			.build();
		Echo echo = new Echo(new HandshakeRequest(settings, settings.url(), 1, null), List.of());
		assertThat(echo.withoutSecrets("username has no such password, Basic dXNlcm5hbWU6cGFzc3dvcmQ="))
			.isEqualTo("****** has no such ******, ******");
	}

	@Test
	void credentialsThatAreNotEncodedAreTakenOutToo() {
		ConnectionSettings settings = ConnectionSettings.builder("test", URI.create("ws://ab:cd@localhost/ws")).build();
		HandshakeRequest request = new HandshakeRequest(settings, settings.url(), 1, null);
		request.header("Authorization", "Basic name:100%secret");
		assertThat(new Echo(request, List.of()).withoutSecrets("100%secret of ab:cd")).isEqualTo("****** of ******");
	}

	@Test
	void secretThatHoldsAnotherOneIsTakenOutWhole() {
		ConnectionSettings settings = ConnectionSettings.builder("test", URI.create("ws://localhost/ws")).build();
		Echo echo = new Echo(new HandshakeRequest(settings, settings.url(), 1, null),
				List.of("token", "token-of-mine"));
		assertThat(echo.withoutSecrets("token-of-mine is no token")).isEqualTo("****** is no ******");
	}

	@Test
	void restOfTheWordsStays() {
		assertThat(echo().withoutSecrets("the token has expired")).isEqualTo("the token has expired");
		assertThat(echo().withoutSecrets("x=1")).isEqualTo("x=1");
	}

	@Test
	void reasonOfAPeerHoldsNothingThatItWasTold() {
		this.connection.settings((it) -> it
			.handshake(new Handshake(Map.of(), Map.of("X-Key", "header-value"), List.of(), Duration.ofSeconds(10))));
		this.connection.start();
		ManualSocket socket = this.connection.open();
		socket.engine().closed(4401, "unknown key header-value");
		this.connection.settle();
		assertThat(this.connection.engine().snapshot().lastDisconnect())
			.satisfies((end) -> assertThat(end.closeReason()).isEqualTo("unknown key ******"));
	}

	private static Echo echo() {
		ConnectionSettings settings = ConnectionSettings
			.builder("test", URI.create("ws://user:pass-word@localhost/ws?key=in%20url&x=1"))
			.handshake(new Handshake(Map.of("token", "query-value"), Map.of("X-Key", "header-value"),
					List.of("protocol-token"), Duration.ofSeconds(10)))
			.build();
		HandshakeRequest request = new HandshakeRequest(settings, settings.url(), 1, null);
		request.header("Authorization", "Bearer later-token");
		return new Echo(request, List.of("{\"token\":\"first\"}", "on-open"));
	}

}
