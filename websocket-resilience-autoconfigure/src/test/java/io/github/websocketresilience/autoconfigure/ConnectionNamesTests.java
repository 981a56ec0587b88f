package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.github.websocketresilience.ConnectionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConnectionNames}: which spellings are one connection.
 */
class ConnectionNamesTests {

	@Test
	void namesAreThoseBelowConnections() {
		assertThat(names(Environments.of("url=ws://a", "connections.prices.url=ws://b",
				"connections.my-feed.heartbeat.interval=5s", "connections.prices.headers.a=b")))
			.containsExactly("prices", "my-feed");
		assertThat(names(Environments.of("url=ws://a", "connections="))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "myfeed", "myFeed", "MyFeed", "MY-FEED", "m-yfeed" })
	void spellingsInFilesAreOneConnectionWhoseValuesAreMerged(String other) {
		Environment environment = Environments.add(
				Environments.of("connections.my-feed.url=ws://file", "connections.my-feed.close-timeout=1s"),
				"connections." + other + ".url=ws://first", "connections." + other + ".connect-timeout=2s");
		ConnectionSettings settings = single(environment);
		assertThat(ConnectionNames.distinct(settings.name())).isEqualTo("myfeed");
		assertThat(settings.url()).hasToString("ws://first");
		assertThat(settings.closeTimeout()).isEqualTo(Duration.ofSeconds(1));
		assertThat(settings.handshake().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
	}

	@ParameterizedTest
	@CsvSource({ "myFeed, my-feed, my-feed", "my-feed, myfeed, my-feed", "MYFEED, myfeed, myfeed",
			"my-feed, m-y-feed, m-y-feed" })
	void nameIsTheSpellingWithTheMostDashes(String one, String other, String name) {
		assertThat(names(Environments.of("connections." + one + ".url=a", "connections." + other + ".fail-fast=true")))
			.containsExactly(name);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED_URL", "RESILIENT_WEBSOCKET_CONNECTIONS_MY_FEED_URL" })
	void variableSpeaksToTheConnectionOfAFileAndMakesNoSecondOne(String variable) {
		ConnectionSettings settings = single(Environments.addLast(Environments.ofVariables(variable + "=ws://variable"),
				"connections.my-feed.url=ws://file"));
		assertThat(settings.name()).isEqualTo("my-feed");
		assertThat(settings.url()).hasToString("ws://variable");
	}

	@Test
	void variableAloneMakesAConnection() {
		ConnectionSettings settings = single(
				Environments.ofVariables("RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED_URL=ws://variable",
						"RESILIENT_WEBSOCKET_CONNECTIONS_MYFEED_CLOSETIMEOUT=1s"));
		assertThat(settings.name()).isEqualTo("myfeed");
		assertThat(settings.closeTimeout()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void longerNameOfAFileIsPreferredInAVariable() {
		ConfigurableEnvironment environment = Environments.addLast(
				Environments.ofVariables("RESILIENT_WEBSOCKET_CONNECTIONS_PRICES_QUERY_URL=ws://variable"),
				"connections.prices-query.url=ws://file");
		assertThat(names(environment)).containsExactly("prices-query");
	}

	@ParameterizedTest
	@ValueSource(strings = { "my_feed", "[my.feed]", "[my-feed]", "[0]" })
	void nameThatIsNoneIsRefused(String name) {
		Environment environment = Environments
			.of((name.startsWith("[") ? "connections" + name : "connections." + name) + ".url=ws://a");
		assertThat(names(environment)).isEmpty();
		assertThat(problems(environment)).singleElement()
			.satisfies((problem) -> assertThat(problem.action()).contains("a-z, 0-9 and dashes"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "Default", "DE-FAULT" })
	void defaultIsTheConnectionAtTheTopLevel(String name) {
		Environment environment = Environments.of("connections." + name + ".url=ws://a");
		assertThat(names(environment)).isEmpty();
		assertThat(problems(environment)).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("resilient.websocket.connections." + name.toLowerCase());
			assertThat(problem.action()).contains("'resilient.websocket.url'");
		});
	}

	@ParameterizedTest
	@CsvSource({ "my-feed, myFeedWebSocketConnection", "prices, pricesWebSocketConnection",
			"a-2-b, a2BWebSocketConnection", "-a-, aWebSocketConnection" })
	void beanHasTheNameInCamelCase(String name, String bean) {
		assertThat(ConnectionNames.beanName(name)).isEqualTo(bean);
	}

	private static ConnectionSettings single(Environment environment) {
		List<ConnectionSettings> connections = WebSocketSettings.read(environment).connections();
		assertThat(connections).hasSize(1);
		return connections.get(0);
	}

	private static Collection<Problem> problems(Environment environment) {
		PropertyReader reader = PropertyReader.topLevel(environment);
		return WebSocketSettings.problems(reader, WebSocketSettings.names(reader));
	}

	private static List<String> names(Environment environment) {
		return WebSocketSettings.names(environment);
	}

}
