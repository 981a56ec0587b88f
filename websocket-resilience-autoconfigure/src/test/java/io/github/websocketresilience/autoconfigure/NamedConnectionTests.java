package io.github.websocketresilience.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinitionCustomizer;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for named connections in a context: as beans, and with a
 * {@link WebSocketConnectionDetails}.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamedConnectionTests {

	private static final String TOP_LEVEL = "resilient.websocket.url=ws://localhost:9/top";

	private static final String MY_FEED = "resilient.websocket.connections.my-feed.url=ws://localhost:9/feed";

	private static final String PRICES = "resilient.websocket.connections.prices.url=ws://localhost:9/prices";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class))
		.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN));

	@Test
	void eachConnectionIsABeanAndTheTopLevelIsPrimary() {
		this.runner.withPropertyValues(TOP_LEVEL, MY_FEED, PRICES).run((context) -> {
			assertThat(context).getBeanNames(WebSocketConnection.class)
				.containsExactlyInAnyOrder("webSocketConnection", "myFeedWebSocketConnection",
						"pricesWebSocketConnection");
			WebSocketConnections connections = context.getBean(WebSocketConnections.class);
			assertThat(context.getBean(WebSocketConnection.class)).isSameAs(connections.get("default"));
			assertThat(context.getBean("myFeedWebSocketConnection")).isSameAs(connections.get("my-feed"));
			assertThat(connections).extracting(WebSocketConnection::name)
				.containsExactly("default", "my-feed", "prices");
			assertThat(connections).allSatisfy((connection) -> awaitState(connection, ConnectionState.OPEN));
		});
	}

	@Test
	void connectionIsInjectedByItsQualifier() {
		this.runner.withPropertyValues(TOP_LEVEL, MY_FEED, PRICES).withBean(Consumer.class).run((context) -> {
			assertThat(context.getBean(Consumer.class).feed.name()).isEqualTo("my-feed");
			assertThat(context.getBean(Consumer.class).any.name()).isEqualTo("default");
		});
	}

	@Test
	void onlyNamedConnectionIsInjectedWithoutAQualifier() {
		this.runner.withPropertyValues(MY_FEED).withBean(Consumer.class).run((context) -> {
			assertThat(context.getBean(Consumer.class).any.name()).isEqualTo("my-feed");
			assertThat(context.getBean(Consumer.class).feed).isSameAs(context.getBean(Consumer.class).any);
		});
	}

	@Test
	void severalNamedConnectionsNeedAQualifier() {
		this.runner.withPropertyValues(MY_FEED, PRICES)
			.withBean(Consumer.class)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class));
	}

	@Test
	void disabledThereIsNoBeanOfANamedConnection() {
		this.runner.withPropertyValues(MY_FEED, "resilient.websocket.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebSocketConnection.class));
	}

	@Test
	void detailsCountAsAUrl() {
		this.runner
			.withBean(WebSocketConnectionDetails.class, () -> (name) -> List.of(URI.create("ws://localhost:9/d")))
			.run((context) -> {
				WebSocketConnection connection = context.getBean(WebSocketConnection.class);
				assertThat(connection.name()).isEqualTo("default");
				assertThat(connection.settings().url()).hasToString("ws://localhost:9/d");
				awaitState(connection, ConnectionState.OPEN);
			});
	}

	@Test
	void detailsOutrankTheUrl() {
		this.runner.withPropertyValues(TOP_LEVEL, MY_FEED)
			.withBean(WebSocketConnectionDetails.class,
					() -> (name) -> "my-feed".equals(name) ? List.of(URI.create("ws://localhost:9/d")) : List.of())
			.run((context) -> assertThat(context.getBean(WebSocketConnections.class))
				.extracting((connection) -> connection.settings().url().getPath())
				.containsExactly("/top", "/d"));
	}

	@Test
	void firstDetailsThatKnowTheConnectionCount() {
		this.runner.withBean("last", WebSocketConnectionDetails.class, () -> details("ws://localhost:9/last"))
			.withBean("second", WebSocketConnectionDetails.class, () -> details("ws://localhost:9/second"), order(2))
			.withBean("first", WebSocketConnectionDetails.class, () -> (name) -> List.of(), order(1))
			.run((context) -> assertThat(context.getBean(WebSocketConnection.class).settings().url())
				.hasToString("ws://localhost:9/second"));
	}

	@Test
	void detailsThatDoNotKnowTheConnectionMakeNone() {
		this.runner.withBean(WebSocketConnectionDetails.class, () -> (name) -> List.of()).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(WebSocketConnections.class)).isEmpty();
		});
	}

	@Test
	void detailsAreAskedForEachAttempt() {
		List<URI> now = new CopyOnWriteArrayList<>(List.of(URI.create("ws://localhost:9/first")));
		List<String> urls = new CopyOnWriteArrayList<>();
		ConnectionObserver observer = (event) -> {
			if (event instanceof ConnectionEvent.Attempted attempted) {
				urls.add(attempted.url());
			}
		};
		this.runner.withPropertyValues(MY_FEED)
			.withBean(WebSocketConnectionDetails.class,
					() -> (name) -> "my-feed".equals(name) ? List.copyOf(now) : List.of())
			.withBean(ConnectionObserver.class, () -> observer)
			.run((context) -> {
				WebSocketConnection connection = context.getBean(WebSocketConnections.class).get("my-feed");
				awaitState(connection, ConnectionState.OPEN);
				assertThat(connection.snapshot().url()).isEqualTo("ws://localhost:9/first");
				now.set(0, URI.create("ws://localhost:9/second"));
				connection.reconnect();
				Awaitility.await().until(() -> connection.snapshot().attempt() == 2);
				awaitState(connection, ConnectionState.OPEN);
				assertThat(connection.snapshot().url()).isEqualTo("ws://localhost:9/second");
			});
	}

	private static WebSocketConnectionDetails details(String url) {
		return (name) -> List.of(URI.create(url));
	}

	private static BeanDefinitionCustomizer order(int order) {
		return (definition) -> definition.setAttribute(AbstractBeanDefinition.ORDER_ATTRIBUTE, order);
	}

	private static void awaitState(WebSocketConnection connection, ConnectionState state) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.pollInterval(5, TimeUnit.MILLISECONDS)
			.until(() -> connection.state() == state);
	}

	static class Consumer {

		private final WebSocketConnection any;

		private final WebSocketConnection feed;

		Consumer(WebSocketConnection any, @Qualifier("myFeedWebSocketConnection") WebSocketConnection feed) {
			this.any = any;
			this.feed = feed;
		}

	}

}
