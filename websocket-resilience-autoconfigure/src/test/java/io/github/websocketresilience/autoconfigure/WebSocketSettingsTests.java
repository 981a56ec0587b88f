package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.ConnectionSettings.OutboundOverflow;
import io.github.websocketresilience.ConnectionSettings.Proof;
import io.github.websocketresilience.ConnectionSettings.RateLimit;
import io.github.websocketresilience.ConnectionSettings.StoppedStatus;
import io.github.websocketresilience.ConnectionSettings.WhenDisconnected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link WebSocketSettings} and {@link SettingsMapper}.
 */
class WebSocketSettingsTests {

	@Test
	void defaultsAreThoseOfTheApi() {
		ConnectionSettings defaults = ConnectionSettings.builder("default", URI.create("ws://localhost/ws")).build();
		assertThat(settings("url=ws://localhost/ws")).isEqualTo(defaults);
	}

	@ParameterizedTest
	@ValueSource(strings = { "enabled=true", "url=", "url= " })
	void withoutAUrlThereIsNoConnection(String property) {
		assertThat(WebSocketSettings.read(Environments.of(property)).connections()).isEmpty();
	}

	@Test
	void namedConnectionsFollowTheOneAtTheTopLevel() {
		assertThat(WebSocketSettings
			.read(Environments.of("connections.b.url=ws://b", "url=ws://top", "connections.a.url=ws://a"))
			.connections()).extracting(ConnectionSettings::name).containsExactly("default", "b", "a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "heartbeat.interval=5s", "url=", "headers.a=b" })
	void namedConnectionWithoutAnAddressFails(String property) {
		assertThatExceptionOfType(InvalidWebSocketPropertiesException.class)
			.isThrownBy(
					() -> WebSocketSettings.read(Environments.of("url=ws://top", "connections.my-feed." + property)))
			.satisfies((ex) -> assertThat(ex.problems()).singleElement().satisfies((problem) -> {
				assertThat(problem.property()).isEqualTo("resilient.websocket.connections.my-feed.url");
				assertThat(problem.reason())
					.isEqualTo("must be set: every named connection needs an address of its own");
				assertThat(problem.action()).contains("Set 'resilient.websocket.connections.my-feed.url'");
			}));
	}

	@ParameterizedTest
	@CsvSource({ "connections.my-feed.reconnect.jitter=2, connections.my-feed.reconnect.jitter",
			"reconnect.jitter=2, reconnect.jitter", "outbound.capacity=many, outbound.capacity",
			"connections.my-feed.outbound.capacity=many, connections.my-feed.outbound.capacity" })
	void errorNamesThePropertyWhereItIsWritten(String written, String property) {
		assertThatExceptionOfType(InvalidWebSocketPropertiesException.class)
			.isThrownBy(() -> WebSocketSettings.read(Environments.of("connections.my-feed.url=ws://a", written)))
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.property()).isEqualTo("resilient.websocket." + property)));
	}

	@Test
	void policyIsJudgedAlsoIfNoConnectionInheritsItYet() {
		assertThatExceptionOfType(InvalidWebSocketPropertiesException.class)
			.isThrownBy(() -> WebSocketSettings.read(Environments.of("reconnect.jitter=2")))
			.withMessageContaining("resilient.websocket.reconnect.jitter");
	}

	@Test
	void connectionOpenedAtRunTimeBeginsWithThePolicyAndAGroup() {
		ConnectionSettings settings = WebSocketSettings
			.read(Environments.of("url=ws://top", "headers.a=s3cret", "heartbeat.interval=5s", "auto-startup=false",
					"connections.tenant.url=ws://b", "connections.tenant.heartbeat.interval=6s"))
			.builder("tenant-42")
			.url("ws://c")
			.build();
		assertThat(settings.name()).isEqualTo("tenant-42");
		assertThat(settings.group()).isEqualTo("dynamic");
		assertThat(settings.heartbeat().interval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(settings.startup().auto()).isFalse();
		assertThat(settings.handshake().headers()).isEmpty();
	}

	@Test
	void addressOfDetailsOutranksTheProperty() {
		WebSocketConnectionDetails first = (name) -> "default".equals(name) ? List.of(URI.create("ws://d1"))
				: List.of();
		WebSocketConnectionDetails second = (name) -> List.of(URI.create("https://d2"), URI.create("ws://d3"));
		WebSocketSettings settings = WebSocketSettings.read(
				Environments.of("url=ws://top", "connections.a.fail-fast=true"),
				new DetailsBeans(List.of(first, second)));
		assertThat(settings.connections()).extracting(ConnectionSettings::urls)
			.containsExactly(List.of(URI.create("ws://d1")), List.of(URI.create("wss://d2"), URI.create("ws://d3")));
	}

	@Test
	void addressOfDetailsThatCannotBeUsedIsLaidToTheBean() {
		assertThatExceptionOfType(InvalidWebSocketPropertiesException.class)
			.isThrownBy(() -> WebSocketSettings.read(Environments.of(),
					new DetailsBeans(List.of((name) -> List.of(URI.create("ftp://u:s3cret@d"))))))
			.satisfies((ex) -> assertThat(ex.problems()).singleElement().satisfies((problem) -> {
				assertThat(problem.action()).contains("WebSocketConnectionDetails bean gives for 'default'");
				assertThat(problem.value()).doesNotContain("s3cret");
			}));
	}

	@Test
	void everyKeyArrives() {
		ConnectionSettings settings = settings("url=https://example.com/ws?a=b", "query.c=d", "headers.X-A=e",
				"subprotocols=v2,v1", "auto-startup=false", "fail-fast=true", "connect-timeout=1s", "close-timeout=2s",
				"max-message-size=3KB", "ignore[0]=hello.*", "auto-replies[0].pattern=ping(\\d)",
				"auto-replies[0].reply=pong$1", "on-open.send[0]=login", "on-open.send[1]=subscribe",
				"health.grace-period=4s", "health.stopped-status=out-of-service");
		assertThat(settings.url()).isEqualTo(URI.create("wss://example.com/ws?a=b"));
		assertThat(settings.handshake()).isEqualTo(new ConnectionSettings.Handshake(Map.of("c", "d"),
				Map.of("x-a", "e"), List.of("v2", "v1"), Duration.ofSeconds(1)));
		assertThat(settings.startup()).isEqualTo(new ConnectionSettings.Startup(false, true));
		assertThat(settings.closeTimeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(settings.maxMessageSize()).isEqualTo(3072);
		assertThat(settings.ignore()).singleElement().hasToString("hello.*");
		assertThat(settings.autoReplies()).singleElement().satisfies((rule) -> {
			assertThat(rule.pattern()).hasToString("ping(\\d)");
			assertThat(rule.reply()).isEqualTo("pong$1");
		});
		assertThat(settings.onOpen()).containsExactly("login", "subscribe");
		assertThat(settings.health())
			.isEqualTo(new ConnectionSettings.Health(Duration.ofSeconds(4), StoppedStatus.OUT_OF_SERVICE));
	}

	@Test
	void everyKeyOfTheHeartbeatArrives() {
		ConnectionSettings.Heartbeat heartbeat = settings("url=ws://localhost", "heartbeat.interval=1s",
				"heartbeat.timeout=2s", "heartbeat.max-missed=3", "heartbeat.message={\"ping\":{{timestamp}}}",
				"heartbeat.reply.text=a", "heartbeat.reply.contains=b", "heartbeat.reply.pattern=c.",
				"heartbeat.reply.json[0]=/d=e=f", "heartbeat.reply.json[1]=/g=", "heartbeat.proof=reply")
			.heartbeat();
		assertThat(heartbeat.interval()).isEqualTo(Duration.ofSeconds(1));
		assertThat(heartbeat.timeout()).isEqualTo(Duration.ofSeconds(2));
		assertThat(heartbeat.maxMissed()).isEqualTo(3);
		assertThat(heartbeat.message()).isEqualTo("{\"ping\":{{timestamp}}}");
		assertThat(heartbeat.reply().text()).isEqualTo("a");
		assertThat(heartbeat.reply().contains()).isEqualTo("b");
		assertThat(heartbeat.reply().pattern()).hasToString("c.");
		assertThat(heartbeat.reply().json()).isEqualTo(Map.of("/d", "e=f", "/g", ""));
		assertThat(heartbeat.proof()).isEqualTo(Proof.REPLY);
	}

	@Test
	void everyKeyOfThePoliciesArrives() {
		ConnectionSettings settings = settings("url=ws://localhost", "reconnect.enabled=false", "reconnect.delay=1s",
				"reconnect.multiplier=3", "reconnect.max-delay=2s", "reconnect.jitter=0.25", "reconnect.max-attempts=4",
				"reconnect.reset-after=5s", "reconnect.stop-on-close-codes=1000",
				"reconnect.stop-on-http-statuses=404,410", "outbound.when-disconnected=reject", "outbound.capacity=6",
				"outbound.max-bytes=7B", "outbound.time-to-live=8s", "outbound.overflow=drop-oldest",
				"outbound.send-timeout=9s", "outbound.rate-limit=12/13s", "inbound.capacity=10",
				"inbound.max-bytes=11MB", "inbound.overflow=drop-oldest", "inbound.dispatch=direct",
				"inbound.max-silence=14s", "inbound.on-silence=reconnect");
		assertThat(settings.reconnect()).isEqualTo(new ConnectionSettings.Reconnect(false, Duration.ofSeconds(1), 3,
				Duration.ofSeconds(2), 0.25, 4, Duration.ofSeconds(5), Set.of(1000), Set.of(404, 410)));
		assertThat(settings.outbound())
			.isEqualTo(new ConnectionSettings.Outbound(WhenDisconnected.REJECT, 6, 7, Duration.ofSeconds(8),
					OutboundOverflow.DROP_OLDEST, Duration.ofSeconds(9), new RateLimit(12, Duration.ofSeconds(13))));
		assertThat(settings.inbound()).isEqualTo(new ConnectionSettings.Inbound(10, 11 * 1024 * 1024,
				InboundOverflow.DROP_OLDEST, Dispatch.DIRECT, Duration.ofSeconds(14), OnSilence.RECONNECT));
	}

	@Test
	void numbersMayBeTheLargest() {
		ConnectionSettings settings = settings("url=ws://localhost", "outbound.capacity=2147483647",
				"inbound.capacity=2147483647", "request.max-pending=2147483647",
				"outbound.max-bytes=9223372036854775807B", "inbound.max-bytes=9223372036854775807B");
		assertThat(settings.outbound().capacity()).isEqualTo(Integer.MAX_VALUE);
		assertThat(settings.inbound().capacity()).isEqualTo(Integer.MAX_VALUE);
		assertThat(settings.request().maxPending()).isEqualTo(Integer.MAX_VALUE);
		assertThat(settings.outbound().maxBytes()).isEqualTo(Long.MAX_VALUE);
		assertThat(settings.inbound().maxBytes()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void everyKeyOfRequestsArrives() {
		assertThat(settings("url=ws://localhost", "request.id=/id", "request.reply-id=/re~1sponse/0",
				"request.timeout=1s", "request.max-pending=2")
			.request()).isEqualTo(new ConnectionSettings.Request("/id", "/re~1sponse/0", Duration.ofSeconds(1), 2));
	}

	@Test
	void idOfAReplyIsWhereTheRequestHasIt() {
		assertThat(settings("url=ws://localhost", "request.id=/id", "request.reply-id=").request().replyId())
			.isEqualTo("/id");
		assertThat(settings("url=ws://localhost", "request.id=").request().id()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "inbound.max-silence=", "outbound.rate-limit=", "outbound.rate-limit= " })
	void emptyLimitIsNone(String property) {
		assertThat(settings("url=ws://localhost", property)).isEqualTo(settings("url=ws://localhost"));
	}

	@Test
	void keysOfTheApplicationArrive() {
		ApplicationProperties application = WebSocketSettings
			.read(Environments.of("phase=5", "keep-alive=false", "threads.io=6", "threads.listeners=7"))
			.application();
		assertThat(application)
			.isEqualTo(new ApplicationProperties(true, 5, false, new ApplicationProperties.Threads(6, 7)));
	}

	@Test
	void emptyTextIsNone() {
		ConnectionSettings.Heartbeat heartbeat = settings("url=ws://localhost", "heartbeat.message=",
				"heartbeat.reply.text=", "heartbeat.reply.contains=", "heartbeat.reply.pattern=",
				"heartbeat.reply.json=")
			.heartbeat();
		assertThat(heartbeat.message()).isNull();
		assertThat(heartbeat.reply()).isEqualTo(ConnectionSettings.Reply.DEFAULT);
	}

	@ParameterizedTest
	@CsvSource({ "1s, PT30S", "30s, PT30S", "45s, PT45S" })
	void maxDelayIsThirtySecondsOrTheDelayIfThatIsLonger(String delay, Duration expected) {
		assertThat(settings("url=ws://localhost", "reconnect.delay=" + delay).reconnect().maxDelay())
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					url=ftp://u:s3cret@host/x?s3cret       | url                         | ftp://host/x | must begin with ws:// or wss://
					url=example.com/ws                     | url                         | example.com/ws | must begin with ws:// or wss://
					url=wss://u:s3cret@ex ample.com?s3cret | url                         | wss://ex ample.com | must be a valid address, such as wss://example.com/ws
					url=wss://u:s3cret@my_host/ws          | url                         | wss://my_host/ws | must have a host
					url=${FEED_URL}                        | url                         | ${FEED_URL}  | must be a valid address, such as wss://example.com/ws
					connect-timeout=-1s                    | connect-timeout             | -1s          | must not be negative
					heartbeat.interval=-5s                 | heartbeat.interval          | -5s          | must not be negative
					reconnect.jitter=1.5                   | reconnect.jitter            | 1.5          | must be between 0 and 1
					reconnect.max-delay=500ms              | reconnect.max-delay         | 500ms        | must not be shorter than 'reconnect.delay' (PT1S)
					ignore[0]=(                            | ignore[0]                   | (            | must be a regular expression that compiles (see the character at index 1)
					heartbeat.message=s3cret{{now}}        | heartbeat.message           |              | must use no other placeholders than {{timestamp}}, {{sequence}} and {{uuid}}
					auto-replies[0].pattern=s3cret(        | auto-replies[0].pattern     |              | must be a regular expression that compiles (see the character at index 7)
					auto-replies[0].reply=s3cret           | auto-replies[0].pattern     |              | must be set: every rule needs a pattern and a reply
					headers.Sec-WebSocket-Protocol=s3cret  | headers.sec-websocket-protocol |           | must not be set: it belongs to the handshake itself; for subprotocols there is 'subprotocols'
					headers.X-Key=s3cret ${KEY}            | headers.x-key               |              | must hold no placeholder that cannot be resolved
					query.key=s3cret ${KEY}                | query.key                   |              | must hold no placeholder that cannot be resolved
					subprotocols=a b                       | subprotocols                | a b          | must consist of letters, digits and the like, without spaces
					heartbeat.reply.text=a                 | heartbeat.reply             |              | must not be set without 'heartbeat.message': a ping frame is answered by a pong frame
					threads.io=0                           | threads.io                  | 0            | must be at least 1
					heartbeat.interval=soon                | heartbeat.interval          | soon         | must be a duration, such as 500ms, 10s or 1m
					max-message-size=big                   | max-message-size            | big          | must be a size, such as 64KB or 1MB
					inbound.overflow=drop                  | inbound.overflow            | drop         | must be one of pause, drop-oldest
					outbound.capacity=many                 | outbound.capacity           | many         | must be a whole number
					outbound.capacity=2147483648           | outbound.capacity           | 2147483648   | must be a whole number
					inbound.capacity=2147483648            | inbound.capacity            | 2147483648   | must be a whole number
					request.max-pending=2147483648         | request.max-pending         | 2147483648   | must be a whole number
					outbound.rate-limit=fast               | outbound.rate-limit         | fast         | must be a number of messages and a time with its unit, such as 10/1s or 600/1m
					outbound.rate-limit=0/1s               | outbound.rate-limit         | 0/1s         | must allow 1 to 100000 messages in its period
					outbound.rate-limit=10/0s              | outbound.rate-limit         | 10/0s        | must have a period longer than zero
					inbound.dispatch=async                 | inbound.dispatch            | async        | must be one of queued, direct
					inbound.max-silence=0                  | inbound.max-silence         | 0            | must be longer than zero
					inbound.max-silence=never              | inbound.max-silence         | never        | must be a duration, such as 500ms, 10s or 1m
					inbound.on-silence=panic               | inbound.on-silence          | panic        | must be one of report, reconnect
					request.id=id                          | request.id                  | id           | must be a JSON pointer, '/id' for one
					request.id=/a~b                        | request.id                  | /a~b         | must be a JSON pointer, in which '~' is written ~0, and a '/' that is part of a name ~1
					request.reply-id=/id                   | request.reply-id            | /id          | must not be set without 'request.id'
					request.timeout=0s                     | request.timeout             | 0s           | must be longer than zero
					request.max-pending=0                  | request.max-pending         | 0            | must be at least 1
					reconnect.jitter=some                  | reconnect.jitter            | some         | must be a number
					fail-fast=perhaps                      | fail-fast                   | perhaps      | must be true or false
					reconnect.stop-on-close-codes=ok       | reconnect.stop-on-close-codes | ok         | must be a list, with indexes from [0] on, of which each value is a whole number
					on-open.send[1]=s3cret                 | on-open.send                |              | must be a list, with indexes from [0] on, of which each value is a text
					""")
	void valueThatCannotBeUsedIsExplained(String property, String key, String value, String reason) {
		Problem problem = problem("url=ws://localhost", property);
		assertThat(problem.property()).isEqualTo("resilient.websocket." + key);
		assertThat(problem.value()).isEqualTo(value);
		assertThat(problem.reason()).isEqualTo(reason);
		assertThat(problem.action()).contains(problem.property());
		assertThat(problem.toString()).doesNotContain("s3cret");
	}

	@Test
	void jsonOfAReplyNeedsAPointerAndAValue() {
		Problem problem = problem("url=ws://localhost", "heartbeat.message=ping", "heartbeat.reply.json=type=pong");
		assertThat(problem.property()).isEqualTo("resilient.websocket.heartbeat.reply.json");
		assertThat(problem.value()).isEqualTo("type=pong");
	}

	@Test
	void replyTemplateThatDoesNotFitItsPatternIsExplained() {
		Problem problem = problem("url=ws://localhost", "auto-replies[0].pattern=a", "auto-replies[0].reply=b",
				"auto-replies[1].pattern=a", "auto-replies[1].reply=s3cret$1");
		assertThat(problem.property()).isEqualTo("resilient.websocket.auto-replies[1].reply");
		assertThat(problem.value()).isNull();
		assertThat(problem.reason()).isEqualTo("must not use $1: its pattern has 0 groups");
	}

	@Test
	void halfASurrogatePairIsRefused() {
		assertThat(problem("url=ws://localhost", "on-open.send=\ud800").property())
			.isEqualTo("resilient.websocket.on-open.send");
	}

	@Test
	void headerOfTwoLinesIsRefused() {
		assertThat(problem("url=ws://localhost", "headers.a=b\r\nc").property())
			.isEqualTo("resilient.websocket.headers.a");
	}

	@Test
	void placeholdersAreResolved() {
		assertThat(settings("url=ws://localhost", "headers.a=${resilient.websocket.query.b}", "query.b=c").handshake()
			.headers()).isEqualTo(Map.of("a", "c"));
	}

	private static ConnectionSettings settings(String... properties) {
		List<ConnectionSettings> connections = WebSocketSettings.read(Environments.of(properties)).connections();
		assertThat(connections).hasSize(1);
		return connections.get(0);
	}

	private static Problem problem(String... properties) {
		InvalidWebSocketPropertiesException failure = catchThrowableOfType(InvalidWebSocketPropertiesException.class,
				() -> WebSocketSettings.read(Environments.of(properties)));
		assertThat(failure).isNotNull().hasNoCause();
		assertThat(failure.problems()).hasSize(1);
		return failure.problems().get(0);
	}

}
