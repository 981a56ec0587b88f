package com.example.feed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.example.feed.Orders.Order;
import com.example.feed.Orders.Status;
import com.example.feed.Trades.Confirmation;
import com.example.feed.Trades.Trade;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Runs what the how-to pages quote.
 */
class HowToTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static FeedServer server;

	@BeforeAll
	static void startServer() {
		server = FeedServer.start();
	}

	@AfterAll
	static void stopServer() {
		server.close();
	}

	@Test
	void eachTypeOfMessageGoesToItsMethod() {
		try (ConfigurableApplicationContext application = run(Trades.class)) {
			List<Object> seen = application.getBean(Trades.class).seen;
			server.say("{\"type\":\"trade\",\"symbol\":\"ACME\",\"price\":1.5,\"venue\":\"X\"}");
			server.say("{\"type\":\"unknown\"}");
			server.say("{\"type\":\"book\",\"symbol\":\"ACME\"}");
			server.say("welcome back");
			server.say("{\"type\":\"trade\",\"price\":\"no number\"}");
			server.say("{\"type\":\"trade\",\"symbol\":\"LAST\",\"price\":2}");
			await().atMost(PATIENCE).until(() -> seen.size() == 4);
			assertThat(seen).containsExactly(new Trade("ACME", 1.5), "ACME", "welcome back", new Trade("LAST", 2));
		}
	}

	@Test
	void whatAMethodReturnsIsTheAnswer() {
		try (ConfigurableApplicationContext application = run(Trades.class)) {
			server.say("{\"type\":\"confirm\",\"order\":\"o-7\"}");
			await().atMost(PATIENCE).until(() -> !lastSocket().isEmpty());
			JsonMapper json = application.getBean(JsonMapper.class);
			assertThat(json.readValue(lastSocket().get(0), Confirmation.class))
				.isEqualTo(new Confirmation("confirmed", "o-7"));
		}
	}

	@Test
	void replyFindsItsRequest() throws Exception {
		try (ConfigurableApplicationContext application = run("request-reply.yaml", Orders.class)) {
			Orders orders = application.getBean(Orders.class);
			assertThat(orders.place(new Order("ACME", 100)).get(20, TimeUnit.SECONDS))
				.isEqualTo(new Status("accepted"));
			assertThat(orders.place(new Order("ACME", 101)).get(20, TimeUnit.SECONDS))
				.isEqualTo(new Status("rejected"));
		}
	}

	@Test
	void everySocketIsLoggedInAndSubscribed() {
		try (ConfigurableApplicationContext application = run("subscriptions.yaml", Tokens.class, TokenLogin.class,
				Subscriptions.class)) {
			application.getBean(Subscriptions.class).add("ACME");
			await().atMost(PATIENCE).until(() -> lastSocket().size() >= 4);
			int before = server.received().size();
			server.drop();
			await().atMost(PATIENCE).until(() -> server.received().size() > before && lastSocket().size() == 4);
			assertThat(lastSocket()).containsExactly("{\"op\":\"login\",\"token\":\"token-2\"}",
					"{\"op\":\"subscribe\",\"channel\":\"quotes\"}", "{\"op\":\"subscribe\",\"channel\":\"trades\"}",
					"{\"op\":\"subscribe\",\"symbols\":[\"ACME\"]}");
		}
	}

	@Test
	void workIsHandedOver() {
		try (ConfigurableApplicationContext application = run(HandingOver.class)) {
			server.say("{\"some\":\"work\"}");
			await().atMost(PATIENCE).until(() -> application.getBean(HandingOver.class).handled.size() == 1);
		}
	}

	private static List<String> lastSocket() {
		return server.received().get(server.received().size() - 1);
	}

	private static ConfigurableApplicationContext run(Class<?>... beans) {
		return run("feed.yaml", beans);
	}

	private static ConfigurableApplicationContext run(String yaml, Class<?>... beans) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class).sources(beans)
			.web(WebApplicationType.NONE)
			.run("--spring.config.location=classpath:/how-to/" + yaml, "--resilient.websocket.url=" + server.url());
		WebSocketConnection connection = context.getBean(WebSocketConnection.class);
		await().atMost(PATIENCE).until(() -> connection.state() == ConnectionState.OPEN);
		return context;
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	static class Tokens {

		private final AtomicInteger count = new AtomicInteger();

		@Bean
		TokenService tokenService() {
			return () -> "token-" + this.count.incrementAndGet();
		}

	}

}
