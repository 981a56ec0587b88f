package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PropertyReader} and {@link InheritedSource}: which value a connection
 * gets of those that are written.
 */
class PropertyReaderTests {

	@Test
	void topLevelHasDefaultsWhereNothingIsGiven() {
		ConnectionProperties properties = topLevel(Environments.of());
		assertThat(properties.url()).isNull();
		assertThat(properties.headers()).isEmpty();
		assertThat(properties.heartbeat().interval()).isEqualTo(Duration.ofSeconds(25));
		assertThat(properties.reconnect().maxDelay()).isNull();
		assertThat(properties.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(1));
	}

	@Test
	void connectionInheritsPolicyScalarByScalar() {
		ConnectionProperties prices = connection("prices", Environments.of("heartbeat.interval=7s",
				"heartbeat.timeout=3s", "connections.prices.heartbeat.interval=5s", "max-message-size=2MB"));
		assertThat(prices.heartbeat().interval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(prices.heartbeat().timeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(prices.heartbeat().maxMissed()).isOne();
		assertThat(prices.maxMessageSize()).isEqualTo(DataSize.ofMegabytes(2));
	}

	@Test
	void connectionInheritsHowItSendsAndReceives() {
		ConnectionProperties prices = connection("prices", Environments.of("outbound.rate-limit=10/1s",
				"inbound.dispatch=direct", "inbound.max-silence=30s", "inbound.on-silence=reconnect"));
		assertThat(prices.outbound().rateLimit()).isEqualTo("10/1s");
		assertThat(prices.inbound().dispatch()).isEqualTo(Dispatch.DIRECT);
		assertThat(prices.inbound().maxSilence()).isEqualTo(Duration.ofSeconds(30));
		assertThat(prices.inbound().onSilence()).isEqualTo(OnSilence.RECONNECT);
	}

	@Test
	void topLevelDoesNotInherit() {
		ConnectionProperties properties = topLevel(Environments.of("connections.prices.heartbeat.interval=5s"));
		assertThat(properties.heartbeat().interval()).isEqualTo(Duration.ofSeconds(25));
	}

	@Test
	void connectionsOwnValueWinsWhereverItIsWritten() {
		Environment environment = Environments.add(Environments.of("connections.prices.heartbeat.interval=5s"),
				"heartbeat.interval=7s");
		assertThat(connection("prices", environment).heartbeat().interval()).isEqualTo(Duration.ofSeconds(5));
	}

	@Test
	void connectionDoesNotInheritWhatBelongsToOneServer() {
		ConnectionProperties prices = connection("prices",
				Environments.of("url=ws://a", "headers.Authorization=secret", "query.token=secret", "subprotocols=mqtt",
						"heartbeat.message=ping", "heartbeat.reply.text=pong", "ignore=x", "on-open.send=login",
						"auto-replies[0].pattern=a", "auto-replies[0].reply=b", "reconnect.stop-on-close-codes=1000",
						"request.id=/id", "request.reply-id=/re", "request.timeout=1s", "request.max-pending=1",
						"connections.prices.close-timeout=1s"));
		assertThat(prices).usingRecursiveComparison().isEqualTo(topLevel(Environments.of("close-timeout=1s")));
	}

	@Test
	void connectionHasItsOwnServer() {
		ConnectionProperties prices = connection("prices",
				Environments.of("connections.prices.url=ws://b", "connections.prices.headers.A=b",
						"connections.prices.ignore[0]=x", "connections.prices.ignore[1]=y",
						"connections.prices.heartbeat.reply.json[0]=/type=pong"));
		assertThat(prices.url()).isEqualTo("ws://b");
		assertThat(prices.headers()).isEqualTo(Map.of("A", "b"));
		assertThat(prices.ignore()).containsExactly("x", "y");
		assertThat(prices.heartbeat().reply().json()).containsExactly("/type=pong");
	}

	@Test
	void connectionOfWhichNothingIsWrittenInheritsAll() {
		ConnectionProperties prices = connection("prices", Environments.of("reconnect.jitter=0.1"));
		assertThat(prices.reconnect().jitter()).isEqualTo(0.1);
	}

	@Test
	void emptyValueClearsWhatWouldBeInherited() {
		ConnectionProperties prices = connection("prices",
				Environments.of("heartbeat.interval=7s", "reconnect.max-delay=60s", "outbound.capacity=5",
						"outbound.overflow=drop-oldest", "inbound.max-silence=30s", "inbound.dispatch=direct",
						"connections.prices.inbound.max-silence=", "connections.prices.inbound.dispatch=",
						"connections.prices.heartbeat.interval=", "connections.prices.reconnect.max-delay=",
						"connections.prices.outbound.capacity=", "connections.prices.outbound.overflow="));
		assertThat(prices).usingRecursiveComparison().isEqualTo(topLevel(Environments.of()));
	}

	@Test
	void listIsReplacedAsAWholeAndClearedByAnEmptyValue() {
		Keys keys = Keys.of(WithLists.class);
		PropertyReader reader = PropertyReader.topLevel(Environments.of("inherited[0]=a", "inherited[1]=b", "own[0]=a",
				"connections.x.inherited[0]=c", "connections.y.inherited="));
		assertThat(reader.connection("x", keys).bind(WithLists.class))
			.isEqualTo(new WithLists(List.of("c"), List.of()));
		assertThat(reader.connection("y", keys).bind(WithLists.class)).isEqualTo(new WithLists(List.of(), List.of()));
		assertThat(reader.connection("z", keys).bind(WithLists.class))
			.isEqualTo(new WithLists(List.of("a", "b"), List.of()));
	}

	@Test
	void environmentVariableSpeaksToAConnection() {
		Environment environment = Environments.ofVariables("RESILIENT_WEBSOCKET_HEARTBEAT_INTERVAL=7s",
				"RESILIENT_WEBSOCKET_HEARTBEAT_MAXMISSED=3",
				"RESILIENT_WEBSOCKET_CONNECTIONS_PRICEFEED_HEARTBEAT_INTERVAL=5s");
		ConnectionProperties prices = connection("price-feed", environment);
		assertThat(prices.heartbeat().interval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(prices.heartbeat().maxMissed()).isEqualTo(3);
	}

	@Test
	void environmentVariableOverridesAFile() {
		Environment environment = Environments.add(Environments
			.ofVariables("RESILIENT_WEBSOCKET_RECONNECT_MAX_DELAY=9s", "RESILIENT_WEBSOCKET_ONOPEN_SEND_0_=a,b"));
		assertThat(topLevel(environment).reconnect().maxDelay()).isEqualTo(Duration.ofSeconds(9));
		assertThat(topLevel(environment).onOpen().send()).containsExactly("a,b");
	}

	@Test
	void singleTextIsNotSplitAtCommas() {
		ConnectionProperties properties = topLevel(Environments.of("on-open.send={\"op\":\"a\",\"b\":1}",
				"ignore=\\d{1,3}", "heartbeat.reply.json=/a=b,c"));
		assertThat(properties.onOpen().send()).containsExactly("{\"op\":\"a\",\"b\":1}");
		assertThat(properties.ignore()).containsExactly("\\d{1,3}");
		assertThat(properties.heartbeat().reply().json()).containsExactly("/a=b,c");
	}

	@Test
	void listsOfNamesAndNumbersAreSplitAtCommas() {
		ConnectionProperties properties = topLevel(
				Environments.of("subprotocols=a, b", "reconnect.stop-on-close-codes=1000,4000"));
		assertThat(properties.subprotocols()).containsExactly("a", "b");
		assertThat(properties.reconnect().stopOnCloseCodes()).containsExactlyInAnyOrder(1000, 4000);
	}

	@Test
	void errorInAnInheritedValueNamesWhereItIsWritten() {
		PropertyReader reader = PropertyReader
			.topLevel(Environments.of("heartbeat.interval=soon", "connections.prices.url=ws://b"))
			.connection("prices", keys());
		assertThatExceptionOfType(InvalidWebSocketPropertiesException.class)
			.isThrownBy(() -> reader.bind(ConnectionProperties.class))
			.satisfies((ex) -> assertThat(ex.problems()).singleElement()
				.satisfies((problem) -> assertThat(problem.property())
					.isEqualTo("resilient.websocket.heartbeat.interval")));
	}

	private static ConnectionProperties topLevel(Environment environment) {
		return PropertyReader.topLevel(environment).bind(ConnectionProperties.class);
	}

	private static ConnectionProperties connection(String name, Environment environment) {
		return PropertyReader.topLevel(environment).connection(name, keys()).bind(ConnectionProperties.class);
	}

	private static Keys keys() {
		return Keys.of(ApplicationProperties.class, ConnectionProperties.class);
	}

	record WithLists(@BelongsTo(Owner.POLICY) @DefaultValue List<String> inherited,
			@BelongsTo(Owner.SERVER) @DefaultValue List<String> own) {
	}

}
