package io.github.websocketresilience.test.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.WebSocketListener;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import io.github.websocketresilience.test.assertj.ScriptedWebSocketServerAssert;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with the starter, its connection sent to the server of the test.
 */
@SpringBootTest(
		properties = { "resilient.websocket.url=ws://nowhere.invalid/", "resilient.websocket.reconnect.delay=50ms" })
@AutoConfigureScriptedWebSocketServer
class AutoConfigureScriptedWebSocketServerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	@Autowired
	private ScriptedWebSocketServer server;

	@Autowired
	private WebSocketConnection connection;

	@Autowired
	private Feed feed;

	@RepeatedTest(2)
	void connectionGoesToTheServerAndEveryTestBeginsAnew() throws Exception {
		this.server.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE).sendText("tick");
		assertThat(this.feed.texts.poll(20, TimeUnit.SECONDS)).isEqualTo("tick");
		this.connection.send("order").get(20, TimeUnit.SECONDS);
		ScriptedWebSocketServerAssert.assertThat(this.server)
			.within(PATIENCE)
			.hasAttempts(1)
			.attempt(1)
			.receivedText("order");
	}

	@Test
	void applicationSurvivesWhatIsScripted() throws Exception {
		this.server.awaitAttempt(1, PATIENCE).awaitOpened(PATIENCE);
		this.server.attempt(2).refuse(503);
		this.server.attempt(3).sendText("back");
		this.server.dropAll();
		assertThat(this.feed.texts.poll(20, TimeUnit.SECONDS)).isEqualTo("back");
		ScriptedWebSocketServerAssert.assertThat(this.server).hasAttempts(3);
	}

	@Test
	void classWithoutAnnotationGetsNothing() {
		assertThat(new ScriptedServerContextCustomizerFactory().createContextCustomizer(Object.class, List.of()))
			.isNull();
	}

	@Nested
	class Inner {

		@Test
		void annotationHoldsForNestedClasses() {
			ScriptedWebSocketServerAssert.assertThat(AutoConfigureScriptedWebSocketServerTests.this.server)
				.within(PATIENCE)
				.attempt(1)
				.wasOpened();
		}

	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Feed feed() {
			return new Feed();
		}

	}

	static class Feed {

		private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

		@WebSocketListener
		void on(String text) {
			this.texts.add(text);
		}

	}

}
