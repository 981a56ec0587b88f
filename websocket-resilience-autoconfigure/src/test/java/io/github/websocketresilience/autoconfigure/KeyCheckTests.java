package io.github.websocketresilience.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyCheck}.
 */
class KeyCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "url=ws://localhost", "heartbeat.interval=5s", "heartbeat.maxMissed=2",
			"heartbeat.max_missed=2", "HEARTBEAT.INTERVAL=5s", "headers.X-Api-Key=a", "headers.[x.y]=a", "headers=",
			"query.a=b", "ignore=a", "ignore[0]=a", "ignore=", "auto-replies[0].pattern=a", "auto-replies[10].reply=a",
			"auto-replies=", "heartbeat=", "reconnect.stopOnCloseCodes=1000,1001", "urls=a,b", "urls[1]=a",
			"ssl.bundle=a", "oauth2.registrationId=a", "basic.username=a", "proxy.password=a", "group=a" })
	void knownKeyPasses(String property) {
		assertThat(problems(Environments.of(property))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "heartbeat.intervall, heartbeat.interval", "auto-replies[0].patern, auto-replies[0].pattern",
			"ulr, url", "auto-replies.pattern, auto-replies", "outbound.rate-limits, outbound.rate-limit",
			"inbound.dispatcher, inbound.dispatch", "inbound.max-silent, inbound.max-silence",
			"inbound.silence, inbound.on-silence", "request.ids, request.id", "request.response-id, request.reply-id",
			"request.timeouts, request.timeout", "request.pending, request.max-pending", "basic.user, basic.username",
			"ssl.bundel, ssl.bundle", "oauth.registration-id, oauth2.registration-id", "proxy.pasword, proxy.password",
			"password, basic.password", "compress, compression" })
	void unknownKeyIsToldWithTheNearestOne(String written, String nearest) {
		List<Problem> problems = problems(Environments.of(written + "=s3cret"));
		assertThat(problems).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("resilient.websocket." + written);
			assertThat(problem.value()).isNull();
			assertThat(problem.reason()).startsWith("is not a known key");
			assertThat(problem.action()).contains("'resilient.websocket." + nearest + "'");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "delivery.id", "resume.cursor", "outbound.write-on", "transport" })
	void keyOfALaterVersionIsNotKnownYet(String key) {
		assertThat(problems(Environments.of(key + "=a"))).singleElement()
			.satisfies((problem) -> assertThat(problem.reason()).contains("is not a known key"));
	}

	@ParameterizedTest
	@CsvSource({ "heartbeat.message.hhh, heartbeat.message", "on-open.send.op, on-open.send",
			"on-open.send[0].op, on-open.send", "heartbeat.interval.seconds, heartbeat.interval",
			"auto-replies[0].reply.pong, auto-replies[0].reply", "heartbeat.reply.json[0].a, heartbeat.reply.json" })
	void keyBelowATextNeedsQuotes(String written, String text) {
		assertThat(problems(Environments.of(written + "=s3cret"))).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("resilient.websocket." + text);
			assertThat(problem.value()).isNull();
			assertThat(problem.action()).contains("single quotes");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "heartbeat", "headers", "auto-replies", "auto-replies[0]", "" })
	void valueWhereKeysBelongIsRefusedAndNotShown(String key) {
		assertThat(problems(Environments.of(key + "=s3cret"))).singleElement().satisfies((problem) -> {
			assertThat(problem.reason()).contains("only keys below it");
			assertThat(problem.value()).isNull();
		});
	}

	@Test
	void allProblemsAreToldAtOnceAndEachOnce() {
		Environment environment = Environments.add(Environments.of("ulr=a", "heartbeat.message.a=b"), "ulr=c",
				"heartbeat.message.c=d");
		assertThat(problems(environment)).extracting(Problem::property)
			.containsExactlyInAnyOrder("resilient.websocket.ulr", "resilient.websocket.heartbeat.message");
	}

	@ParameterizedTest
	@CsvSource({ "connections.my-feed.ulr, connections.my-feed.url",
			"connections.my-feed.heartbeat.intervall, connections.my-feed.heartbeat.interval",
			"connections.my-feed.auto-replies[0].patern, connections.my-feed.auto-replies[0].pattern",
			"connections.my-feed.connections.other.url, connections.my-feed.connect-timeout" })
	void unknownKeyOfANamedConnectionIsToldWithTheNearestOne(String written, String nearest) {
		assertThat(problems(Environments.of(written + "=s3cret"))).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("resilient.websocket." + written);
			assertThat(problem.value()).isNull();
			assertThat(problem.reason()).startsWith("is not a known key");
			assertThat(problem.action()).contains("'resilient.websocket." + nearest + "'");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled", "phase", "keep-alive", "threads.io", "threads.listeners" })
	void whatAllConnectionsShareIsNoKeyOfANamedOne(String key) {
		assertThat(problems(Environments.of("connections.my-feed." + key + "=1"))).singleElement()
			.satisfies((problem) -> assertThat(problem.reason()).startsWith("is not a known key"));
	}

	@Test
	void jsonWithoutQuotesBelowANamedConnectionIsExplained() {
		assertThat(problems(Environments.of("connections.my-feed.heartbeat.message.hhh="))).singleElement()
			.satisfies((problem) -> assertThat(problem.property())
				.isEqualTo("resilient.websocket.connections.my-feed.heartbeat.message"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "connections", "connections.my-feed" })
	void valueInPlaceOfAConnectionIsRefused(String key) {
		assertThat(problems(Environments.of(key + "=s3cret"))).singleElement().satisfies((problem) -> {
			assertThat(problem.reason()).contains("only keys below it");
			assertThat(problem.value()).isNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "RESILIENT_WEBSOCKET_URL", "RESILIENT_WEBSOCKET_HEARTBEAT_MAXMISSED",
			"RESILIENT_WEBSOCKET_HEARTBEAT_MAX_MISSED", "RESILIENT_WEBSOCKET_ONOPEN_SEND_0_",
			"RESILIENT_WEBSOCKET_ON_OPEN_SEND_0", "RESILIENT_WEBSOCKET_HEADERS_AUTHORIZATION",
			"RESILIENT_WEBSOCKET_AUTOREPLIES_0_PATTERN", "resilient_websocket_url",
			"RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED_URL", "RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED_HEARTBEAT_MAX_MISSED",
			"RESILIENT_WEBSOCKET_CONNECTIONS_A_HEADERS_AUTHORIZATION" })
	void knownVariablePasses(String name) {
		assertThat(problems(Environments.ofVariables(name + "=a"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RESILIENT_WEBSOCKETS_URL", "RESILIENT_OTHER", "PATH", "RESILIENT_WEBSOCKET_SERVICE_HOST",
			"RESILIENT_WEBSOCKET_SERVICE_PORT_HTTP", "RESILIENT_WEBSOCKET_PORT", "RESILIENT_WEBSOCKET_PORT_80_TCP_ADDR",
			"RESILIENT_WEBSOCKET_GATEWAY_SERVICE_HOST", "RESILIENT_WEBSOCKET",
			"RESILIENT_WEBSOCKET_CONNECTIONS_SERVICE_HOST", "RESILIENT_WEBSOCKET_CONNECTIONS_PORT" })
	void variableOfSomebodyElsePasses(String name) {
		assertThat(problems(Environments.ofVariables(name + "=tcp://10.0.0.1:80"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "RESILIENT_WEBSOCKET_HEARTBEAT_INTERVALL", "RESILIENT_WEBSOCKET_IGNOREFOO",
			"RESILIENT_WEBSOCKET_URL_FOO", "RESILIENT_WEBSOCKET_HEARTBEAT",
			"RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED_ULR", "RESILIENT_WEBSOCKET_CONNECTIONS_MY_FEED_URL",
			"RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED" })
	void unknownVariableIsTold(String name) {
		assertThat(problems(Environments.ofVariables(name + "=a"))).singleElement()
			.satisfies((problem) -> assertThat(String.valueOf(problem.origin())).contains(name));
	}

	private static List<Problem> problems(Environment environment) {
		PropertyReader reader = PropertyReader.topLevel(environment);
		return List.copyOf(WebSocketSettings.problems(reader, WebSocketSettings.names(reader)));
	}

}
