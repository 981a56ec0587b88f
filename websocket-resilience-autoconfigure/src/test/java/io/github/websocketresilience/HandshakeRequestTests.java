package io.github.websocketresilience;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionSettings.Handshake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandshakeRequest}.
 */
class HandshakeRequestTests {

	@Test
	void beginsAsTheSettingsSay() {
		Disconnect last = Disconnect.refused(401, null);
		HandshakeRequest request = new HandshakeRequest(
				settings("wss://host/ws", Map.of("v", "2"), Map.of("X-Key", "1"), List.of("a", "b")), 3, last);
		assertThat(request.connection()).isEqualTo("prices");
		assertThat(request.attempt()).isEqualTo(3);
		assertThat(request.lastDisconnect()).isSameAs(last);
		assertThat(request.uri()).hasToString("wss://host/ws?v=2");
		assertThat(request.headers()).containsOnly(Map.entry("X-Key", "1"));
		assertThat(request.subprotocols()).containsExactly("a", "b");
		assertThat(request.firstMessages()).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("changes")
	void whoSetsSomethingTakesPart(Consumer<HandshakeRequest> change) {
		HandshakeRequest request = request("ws://host");
		assertThat(request.uri()).isNotNull();
		assertThat(request.headers()).isEmpty();
		assertThat(request.isCustomized()).isFalse();
		change.accept(request);
		assertThat(request.isCustomized()).isTrue();
	}

	static Stream<Consumer<HandshakeRequest>> changes() {
		return Stream.of((request) -> request.url(URI.create("ws://other")), (request) -> request.query("a", "b"),
				(request) -> request.header("a", "b"), (request) -> request.subprotocols(List.of("a")),
				(request) -> request.firstMessage("a"));
	}

	@Test
	void whereAnAttemptComesFromIsNotWhoWeAre() {
		HandshakeRequest request = request("ws://host").traceHeader("traceparent", "1").traceHeader("TraceParent", "2");
		assertThat(request.headers()).containsOnly(Map.entry("traceparent", "2"));
		assertThat(request.isCustomized()).isFalse();
		assertThat(request.header("traceparent", "3").isCustomized()).isTrue();
	}

	@Test
	void urlWithoutQueryStaysAsItIs() {
		assertThat(request("ws://host/a%20b").uri()).hasToString("ws://host/a%20b");
		assertThat(request("ws://host/?a=b").uri()).hasToString("ws://host/?a=b");
	}

	@Test
	void queryIsAddedToThatOfTheUrlAndEncoded() {
		HandshakeRequest request = request("ws://host/ws?own=1").query("a b", "c&d=e+f/ä").query("x", "");
		assertThat(request.uri()).hasToString("ws://host/ws?own=1&a%20b=c%26d%3De%2Bf%2F%C3%A4&x=");
		request.url(URI.create("ws://other")).query("x", "2");
		assertThat(request.uri().toString()).startsWith("ws://other?a%20b=").endsWith("&x=2");
	}

	@Test
	void urlIsMappedAndJudged() {
		assertThat(request("ws://host").url(URI.create("https://other/ws")).uri()).hasToString("wss://other/ws");
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> request("ws://host").url(URI.create("ftp://u:secret@other/?t=secret")))
			.withMessage("'url' is 'ftp://other/' but must begin with ws:// or wss://");
	}

	@Test
	void headersIgnoreCase() {
		HandshakeRequest request = new HandshakeRequest(
				settings("ws://host", Map.of(), Map.of("X-Key", "1"), List.of()), 1, null);
		request.header("x-key", "2").header("Y", "3");
		assertThat(request.headers()).hasSize(2).containsEntry("X-KEY", "2").containsEntry("y", "3");
	}

	@Test
	void subprotocolsAreReplacedAndFirstMessagesAdded() {
		HandshakeRequest request = new HandshakeRequest(settings("ws://host", Map.of(), Map.of(), List.of("a")), 1,
				null);
		request.subprotocols(List.of("b", "c")).firstMessage("one").firstMessage("two");
		assertThat(request.subprotocols()).containsExactly("b", "c");
		assertThat(request.firstMessages()).containsExactly("one", "two");
	}

	@Test
	void viewsCannotBeChanged() {
		HandshakeRequest request = request("ws://host");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.headers().put("a", "b"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.firstMessages().add("a"));
	}

	@Test
	void toStringShowsNoSecret() {
		HandshakeRequest request = request("wss://secret:secret@host:1/ws?t=secret").query("q", "secret")
			.header("h", "secret")
			.firstMessage("secret")
			.subprotocols(List.of("secret"));
		assertThat(request).hasToString("HandshakeRequest[prices, attempt 1, wss://host:1/ws]");
	}

	private static HandshakeRequest request(String url) {
		return new HandshakeRequest(settings(url, Map.of(), Map.of(), List.of()), 1, null);
	}

	private static ConnectionSettings settings(String url, Map<String, String> query, Map<String, String> headers,
			List<String> subprotocols) {
		return ConnectionSettings.builder("prices", URI.create(url))
			.handshake(new Handshake(query, headers, subprotocols, Duration.ofSeconds(10)))
			.build();
	}

}
