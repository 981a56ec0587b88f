package io.github.websocketresilience.autoconfigure;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.PatternTooSlowException;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.InvalidWebSocketListenerException;
import io.github.websocketresilience.messaging.WebSocketListener;
import io.github.websocketresilience.messaging.WebSocketListenerDispatcher;
import io.github.websocketresilience.messaging.WebSocketListenerMethodProcessor;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketResilienceListenerAutoConfiguration} in applications that
 * receive messages.
 */
class WebSocketResilienceListenerAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceEventsAutoConfiguration.class, WebSocketResilienceJacksonAutoConfiguration.class,
				WebSocketResilienceListenerAutoConfiguration.class, JacksonAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=ws://localhost:9/ws", "resilient.websocket.fail-fast=true")
		.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN))
		.withBean(Heard.class);

	@Test
	void typedListenersOfOneFeed() {
		this.runner.withBean(PriceFeed.class).run((context) -> {
			receive(context, "{\"type\":\"trade\",\"symbol\":\"A\",\"price\":1.10}");
			assertThat(heard(context)).isEqualTo(new PriceFeed.Trade("A", new BigDecimal("1.10")));
			receive(context, "[{\"symbol\":\"B\",\"price\":2}]");
			receive(context, "{\"type\":\"status\",\"text\":\"halted\"}");
			assertThat(heard(context)).isEqualTo("halted");
			receive(context, "{\"type\":\"ping\",\"id\":7}");
			awaitSent(context, 1, "{\"type\":\"pong\",\"id\":7}");
			receive(context, "{\"type\":\"lookup\",\"symbol\":\"A\"}");
			awaitSent(context, 2, "{\"type\":\"pong\",\"id\":7}{\"price\":1.10,\"symbol\":\"A\"}");
		});
	}

	@Test
	void typedEvents() {
		this.runner.withBean(EventFeed.class).run((context) -> {
			receive(context, "{\"symbol\":\"A\",\"price\":1.10}");
			assertThat(heard(context)).isEqualTo(new PriceFeed.Trade("A", new BigDecimal("1.10")));
		});
	}

	@Test
	void unreadableMessageIsToldAndTheNextOneIsRead() {
		this.runner.withBean(Typed.class).withBean(Unreadable.class).run((context) -> {
			receive(context, "{\"price\":\"secret\"}");
			receive(context, "{\"x\":" + "[".repeat(100_000));
			receive(context, "{\"symbol\":\"A\"}");
			assertThat(heard(context)).isEqualTo(new PriceFeed.Trade("A", null));
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(context.getBean(Unreadable.class).events)
					.extracting(ConnectionEvent.MessageUnreadable::listener)
					.containsExactly("WebSocketResilienceListenerAutoConfigurationTests.Typed.on",
							"WebSocketResilienceListenerAutoConfigurationTests.Typed.on"));
		});
	}

	@Test
	@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void patternThatWouldNotComeToAnEndFailsItsMessageAlone() {
		Failures failures = new Failures();
		this.runner.withBean(Hesitant.class).withBean(Failures.class, () -> failures).run((context) -> {
			receive(context, "a".repeat(4096));
			receive(context, "b");
			assertThat(heard(context)).isEqualTo("b");
			Awaitility.await()
				.atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(failures.events).singleElement().satisfies((failure) -> {
					assertThat(failure.listener())
						.isEqualTo("WebSocketResilienceListenerAutoConfigurationTests.Hesitant.on");
					assertThat(failure.failure()).isInstanceOf(PatternTooSlowException.class);
				}));
			assertThat(context.getBean(WebSocketConnection.class).snapshot().attempt()).isEqualTo(1);
			assertThat(context.getBean(WebSocketConnection.class).state()).isEqualTo(ConnectionState.OPEN);
		});
	}

	@Test
	void applicationThatIsLazyAltogetherListens() {
		this.runner.withBean(Typed.class)
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				receive(context, "{\"symbol\":\"A\"}");
				assertThat(heard(context)).isEqualTo(new PriceFeed.Trade("A", null));
			});
	}

	@Test
	void withoutJacksonTextsAreHeard() {
		this.runner.withBean(Texts.class)
			.withClassLoader(new FilteredClassLoader("tools.jackson", "org.springframework.boot.jackson"))
			.run((context) -> {
				receive(context, "a");
				assertThat(heard(context)).isEqualTo("a");
			});
	}

	@Test
	void withoutJacksonTypesAreRefusedAtStartup() {
		this.runner.withBean(Typed.class)
			.withClassLoader(new FilteredClassLoader("tools.jackson", "org.springframework.boot.jackson"))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(context.getStartupFailure()).isInstanceOf(InvalidWebSocketListenerException.class)
					.hasMessageContaining("but no JSON library is there");
			});
	}

	@Test
	void unknownConnectionIsAnalyzed() {
		this.runner.withBean("misnamed", Misnamed.class).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidWebSocketListenerFailureAnalyzer()
				.analyze(context.getStartupFailure());
			assertThat(analysis).isNotNull();
			assertThat(analysis.getDescription())
				.contains("'WebSocketResilienceListenerAutoConfigurationTests.Misnamed.on(String)' of bean 'misnamed'")
				.contains("a connection 'prices', which does not exist");
			assertThat(analysis.getAction()).isEqualTo(
					"Name one of default, or 'dynamic' for those opened at run time, or configure the connection.");
		});
	}

	@Test
	void ownBeansReplaceOurs() {
		WebSocketListenerDispatcher own = new WebSocketListenerDispatcher(null);
		this.runner.withBean("own", WebSocketListenerDispatcher.class, () -> own)
			.run((context) -> assertThat(context).hasSingleBean(WebSocketListenerDispatcher.class)
				.hasSingleBean(WebSocketListenerMethodProcessor.class)
				.getBean(WebSocketListenerDispatcher.class)
				.isSameAs(own));
	}

	private static void receive(ApplicationContext context, String text) {
		ScriptedTransport transport = context.getBean(ScriptedTransport.class);
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> transport.opened() == 1);
		transport.receive(text);
	}

	private static @Nullable Object heard(ApplicationContext context) throws InterruptedException {
		return context.getBean(Heard.class).all.poll(20, TimeUnit.SECONDS);
	}

	private static void awaitSent(ApplicationContext context, int messages, String texts) {
		WebSocketConnection connection = context.getBean(WebSocketConnection.class);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> connection.snapshot().sent().messages() == messages
					&& connection.snapshot().sent().bytes() == texts.length());
	}

	static class Heard {

		private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();

	}

	static class PriceFeed {

		private final Heard heard;

		PriceFeed(Heard heard) {
			this.heard = heard;
		}

		@WebSocketListener(connections = "default", match = "/type=trade")
		void onTrade(Trade trade) {
			this.heard.all.add(trade);
		}

		@WebSocketListener(match = "/type=status")
		void onStatus(JsonNode status, WebSocketConnection connection) {
			this.heard.all.add(status.get("text").asString());
		}

		@WebSocketListener(match = "/type=ping")
		String onPing(String ping) {
			return ping.replace("ping", "pong");
		}

		@WebSocketListener(match = "/type=lookup")
		CompletableFuture<Trade> onLookup(Trade asked) {
			return CompletableFuture.supplyAsync(() -> new Trade(asked.symbol(), new BigDecimal("1.10")));
		}

		record Trade(String symbol, @Nullable BigDecimal price) {
		}

	}

	static class EventFeed {

		private final Heard heard;

		EventFeed(Heard heard) {
			this.heard = heard;
		}

		@EventListener
		void on(WebSocketMessageEvent event) {
			this.heard.all.add(event.as(PriceFeed.Trade.class));
		}

	}

	static class Typed {

		private final Heard heard;

		Typed(Heard heard) {
			this.heard = heard;
		}

		@WebSocketListener
		void on(PriceFeed.Trade trade) {
			this.heard.all.add(trade);
		}

	}

	static class Texts {

		private final Heard heard;

		Texts(Heard heard) {
			this.heard = heard;
		}

		@WebSocketListener
		void on(String text) {
			this.heard.all.add(text);
		}

	}

	static class Misnamed {

		@WebSocketListener("prices")
		void on(String text) {
		}

	}

	static class Hesitant {

		private final Heard heard;

		Hesitant(Heard heard) {
			this.heard = heard;
		}

		@WebSocketListener(pattern = ".*.*.*b")
		void on(String text) {
			this.heard.all.add(text);
		}

	}

	static class Failures implements ConnectionObserver {

		private final List<ConnectionEvent.ListenerFailed> events = new CopyOnWriteArrayList<>();

		@Override
		public void onEvent(ConnectionEvent event) {
			if (event instanceof ConnectionEvent.ListenerFailed failed) {
				this.events.add(failed);
			}
		}

	}

	static class Unreadable implements ConnectionObserver {

		private final List<ConnectionEvent.MessageUnreadable> events = new CopyOnWriteArrayList<>();

		@Override
		public void onEvent(ConnectionEvent event) {
			if (event instanceof ConnectionEvent.MessageUnreadable unreadable) {
				this.events.add(unreadable);
			}
		}

	}

}
