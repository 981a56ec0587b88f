package com.example.feed;

import java.time.Duration;
import java.util.Map;

import com.example.feed.Trades.Trade;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.autoconfigure.AutoConfigureScriptedWebSocketServer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static io.github.websocketresilience.test.assertj.ScriptedWebSocketServerAssert.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The listeners of {@link Trades}, tested as an application tests its own.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "resilient.websocket.reconnect.delay=100ms")
@AutoConfigureScriptedWebSocketServer
class TradesFeedTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Autowired
	private ScriptedWebSocketServer feed;

	@Autowired
	private Trades trades;

	@Test
	void tradeIsSeen() {
		this.feed.awaitAttempt(1, PATIENCE).sendJson(Map.of("type", "trade", "symbol", "ACME", "price", 1.5));
		await().atMost(PATIENCE).until(() -> this.trades.seen.contains(new Trade("ACME", 1.5)));
	}

	@Test
	void orderIsConfirmedAfterTheServerWasAway() {
		this.feed.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE);
		this.feed.attempt(2).refuse(503);
		this.feed.attempt(3).sendJson(Map.of("type", "confirm", "order", "o-7"));
		this.feed.dropAll();
		assertThat(this.feed).within(PATIENCE).attempt(3).receivedText("{\"type\":\"confirmed\",\"order\":\"o-7\"}");
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Trades.class)
	static class Application {

	}

}
