package io.github.websocketresilience.autoconfigure;

import java.util.List;

import io.github.websocketresilience.ConnectionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingsWarnings}.
 */
class SettingsWarningsTests {

	@Test
	void nothingToWarnOf() {
		assertThat(warnings("url=wss://example.com?a=b", "headers.a=b", "heartbeat.interval=60s", "connect-timeout=100",
				"close-timeout=99ms", "health.grace-period=0", "outbound.capacity=50"))
			.isEmpty();
	}

	@Test
	void bareNumberBelowAHundredIsMilliseconds() {
		assertThat(warnings("url=ws://localhost", "heartbeat.interval=25", "reconnect.max-delay=30s"))
			.containsExactly("'resilient.websocket.heartbeat.interval' is 25, which means 25ms; "
					+ "write 25s for seconds, 25ms if milliseconds are meant");
	}

	@Test
	void longIntervalIsRisky() {
		assertThat(warnings("url=ws://localhost", "heartbeat.interval=61s")).singleElement()
			.asString()
			.startsWith("'resilient.websocket.heartbeat.interval' is longer than 60s");
	}

	@Test
	void heartbeatsThatAreNotJudgedFindNoDeadPeer() {
		assertThat(warnings("url=ws://localhost", "heartbeat.timeout=0"))
			.containsExactly("'resilient.websocket.heartbeat.timeout' is 0: a dead peer is then found only by TCP");
		assertThat(warnings("url=ws://localhost", "heartbeat.timeout=0", "heartbeat.interval=0")).containsExactly(
				"'resilient.websocket.heartbeat.interval' is 0: without heartbeats a dead peer is found only by TCP");
	}

	@Test
	void bareNumberOfARequestIsMillisecondsToo() {
		assertThat(warnings("url=ws://localhost", "request.timeout=10", "inbound.max-silence=30")).hasSize(2)
			.anySatisfy((warning) -> assertThat(warning).startsWith("'resilient.websocket.request.timeout' is 10, "))
			.anySatisfy((warning) -> assertThat(warning).startsWith("'resilient.websocket.inbound.max-silence' is 30"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/25s", "2/50s", "1/1m" })
	void rateLimitThatHeartbeatsUseUpLeavesNoRoomForMessages(String limit) {
		assertThat(warnings("url=ws://localhost", "outbound.rate-limit=" + limit))
			.containsExactly("'resilient.websocket.outbound.rate-limit' is used up by heartbeats: they count too, and"
					+ " 'resilient.websocket.heartbeat.interval' is not longer than the time for one message");
	}

	@Test
	void rateLimitWithRoomForMessagesIsFine() {
		assertThat(warnings("url=ws://localhost", "outbound.rate-limit=1/24s")).isEmpty();
		assertThat(warnings("url=ws://localhost", "outbound.rate-limit=3/74s")).isEmpty();
	}

	@Test
	void rateLimitWithoutHeartbeatsIsAllForMessages() {
		assertThat(warnings("url=ws://localhost", "outbound.rate-limit=1/1m", "heartbeat.interval=0")).singleElement()
			.asString()
			.doesNotContain("rate-limit");
	}

	@Test
	void reconnectOnSilenceNeedsAnIdeaOfSilence() {
		assertThat(warnings("url=ws://localhost", "inbound.on-silence=reconnect"))
			.containsExactly("'resilient.websocket.inbound.on-silence' does nothing without"
					+ " 'resilient.websocket.inbound.max-silence'");
		assertThat(warnings("url=ws://localhost", "inbound.on-silence=reconnect", "inbound.max-silence=30s")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "headers.Authorization=s3cret", "query.token=s3cret",
			"url=ws://10.0.0.1.example.com/ws?token=s3cret", "url=ws://user:s3cret@example.com" })
	void credentialsTravelUnencryptedToAnotherHost(String property) {
		assertThat(warnings("url=ws://example.com/ws", property)).singleElement()
			.asString()
			.startsWith("'resilient.websocket.url' begins with ws://")
			.doesNotContain("s3cret");
	}

	@Test
	void credentialsTravelUnencryptedToOneOfSeveralHosts() {
		assertThat(warnings("urls=wss://a.example.com,ws://localhost,ws://b.example.com/1,ws://b.example.com/2",
				"basic.username=s3cret", "basic.password=s3cret"))
			.singleElement()
			.asString()
			.startsWith("'resilient.websocket.urls' begins with ws://")
			.contains(" to b.example.com;")
			.doesNotContain("s3cret");
	}

	@Test
	void tokenTravelsUnencrypted() {
		assertThat(warnings("url=ws://example.com", "oauth2.registration-id=feed")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ws://localhost:8080", "ws://LOCALHOST", "ws://127.0.0.1", "ws://127.1.2.3:1",
			"ws://[::1]:80", "ws://[0:0:0:0:0:0:0:1]", "ws://feed.localhost", "wss://example.com" })
	void credentialsToTheLocalHostOrOverTlsAreFine(String url) {
		assertThat(warnings("url=" + url, "headers.Authorization=secret")).isEmpty();
	}

	@Test
	void inheritedValueIsWarnedOfWhereItIsWritten() {
		assertThat(named("heartbeat.interval=61s", "reconnect.delay=5"))
			.anySatisfy((warning) -> assertThat(warning)
				.startsWith("'resilient.websocket.heartbeat.interval' is longer than 60s"))
			.anySatisfy((warning) -> assertThat(warning).startsWith("'resilient.websocket.reconnect.delay' is 5,"))
			.hasSize(2);
		assertThat(named("connections.my-feed.heartbeat.interval=61s")).singleElement()
			.asString()
			.startsWith("'resilient.websocket.connections.my-feed.heartbeat.interval' is longer than 60s");
	}

	@Test
	void inheritedReconnectOnSilenceIsNoMistakeOfTheConnection() {
		assertThat(named("inbound.on-silence=reconnect")).isEmpty();
		assertThat(named("connections.my-feed.inbound.on-silence=reconnect")).singleElement()
			.asString()
			.startsWith("'resilient.websocket.connections.my-feed.inbound.on-silence' does nothing without");
	}

	private static List<String> named(String... properties) {
		Keys keys = Keys.of(ApplicationProperties.class, ConnectionProperties.class);
		Environment environment = Environments.add(Environments.of(properties),
				"connections.my-feed.url=ws://localhost");
		ConnectionSettings settings = WebSocketSettings.read(environment).connections().get(0);
		return SettingsWarnings.of(PropertyReader.topLevel(environment).connection("my-feed", keys), keys, settings);
	}

	private static List<String> warnings(String... properties) {
		Environment environment = Environments.of(properties);
		ConnectionSettings settings = WebSocketSettings.read(environment).connections().get(0);
		return SettingsWarnings.of(PropertyReader.topLevel(environment),
				Keys.of(ApplicationProperties.class, ConnectionProperties.class), settings);
	}

}
