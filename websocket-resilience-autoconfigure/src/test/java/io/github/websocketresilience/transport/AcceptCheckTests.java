package io.github.websocketresilience.transport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.transport.AcceptCheck.InvalidHandshakeException;
import jakarta.websocket.ClientEndpointConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AcceptCheckTests {

	private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

	@Test
	void answerOfTheExampleInTheRfcFits() {
		assertThat(AcceptCheck.expected(KEY)).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
		respond(true, answer());
	}

	@ParameterizedTest
	@CsvSource({ "upgrade, h2c", "upgrade, ''", "connection, close", "connection, ''" })
	void answerThatSwitchesToSomethingElseIsRefused(String name, String value) {
		Map<String, List<String>> headers = new HashMap<>(answer());
		headers.put(name, List.of(value));
		assertThatExceptionOfType(InvalidHandshakeException.class).isThrownBy(() -> respond(true, headers))
			.withMessage("the server's answer does not switch to WebSocket");
	}

	@Test
	void tokensAreComparedWhateverTheirCaseAndCompany() {
		Map<String, List<String>> headers = new HashMap<>(answer());
		headers.put("upgrade", List.of("WebSocket"));
		headers.put("connection", List.of("keep-alive, upgrade"));
		respond(true, headers);
	}

	@Test
	void wrongOrMissingAnswerIsRefused() {
		assertThatExceptionOfType(InvalidHandshakeException.class)
			.isThrownBy(() -> respond(true, Map.of("Sec-WebSocket-Accept", List.of("x"))));
		assertThatExceptionOfType(InvalidHandshakeException.class).isThrownBy(() -> respond(true, Map.of()));
		assertThatExceptionOfType(InvalidHandshakeException.class)
			.isThrownBy(() -> respond(false, Map.of("Sec-WebSocket-Accept", List.of("x"))));
	}

	@Test
	void refusalThatTheContainerShowsIsNotJudgedButItsRetryAfterIsKept() {
		AcceptCheck check = respond(false, Map.of("Retry-After", List.of("7")));
		assertThat(check.retryAfter()).isEqualTo("7");
	}

	@Test
	void withoutAKeyThereIsNothingToJudge() {
		AcceptCheck check = new AcceptCheck(new ClientEndpointConfig.Configurator(), true);
		check.beforeRequest(new HashMap<>());
		check.afterResponse(Map::of);
		assertThat(check.retryAfter()).isNull();
	}

	@Test
	void subprotocolMustBeOneThatWasOffered() {
		Map<String, List<String>> chosen = new HashMap<>(answer());
		chosen.put("sec-websocket-protocol", List.of("chat"));
		AcceptCheck offered = new AcceptCheck(new ClientEndpointConfig.Configurator(), true);
		offered.beforeRequest(new HashMap<>(
				Map.of("Sec-WebSocket-Key", List.of(KEY), "Sec-WebSocket-Protocol", List.of("mqtt, chat"))));
		offered.afterResponse(() -> chosen);
		assertThatExceptionOfType(InvalidHandshakeException.class).isThrownBy(() -> respond(true, chosen))
			.withMessage("the server chose a subprotocol that was not offered");
	}

	private static Map<String, List<String>> answer() {
		return Map.of("sec-websocket-accept", List.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), "upgrade", List.of("websocket"),
				"connection", List.of("Upgrade"));
	}

	private static AcceptCheck respond(boolean onlySwitched, Map<String, List<String>> headers) {
		AcceptCheck check = new AcceptCheck(new ClientEndpointConfig.Configurator(), onlySwitched);
		check.beforeRequest(new HashMap<>(Map.of("Sec-WebSocket-Key", List.of(KEY))));
		check.afterResponse(() -> headers);
		return check;
	}

}
