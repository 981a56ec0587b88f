package io.github.websocketresilience;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.engine.Hooks;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.engine.StandardReconnectPolicy;
import io.github.websocketresilience.health.WebSocketHealthContributor;
import io.github.websocketresilience.logging.LoggingConnectionObserver;
import io.github.websocketresilience.messaging.ApplicationEventPublishingListener;
import io.github.websocketresilience.messaging.JacksonJsonCodec;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import io.github.websocketresilience.messaging.WebSocketStateEvent;
import io.github.websocketresilience.metrics.MetricsConnectionObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user sees of a real connection through an outage: log, application events,
 * meters and health tell the same story.
 */
class EdgesTests {

	private final ScriptedWorld world = new ScriptedWorld();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Recorder.class);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingConnectionObserver.class.getPackageName());

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private final ManagedConnection connection = new ManagedConnection(settings(), this.world.ports(),
			new Hooks(new StandardReconnectPolicy(), List.of(),
					List.of(new ApplicationEventPublishingListener(this.context, null)),
					List.of(new LoggingConnectionObserver(), new MetricsConnectionObserver(this.registry)), List.of(),
					new JacksonJsonCodec(JsonMapper.builder().build())));

	private final WebSocketHealthContributor health = new WebSocketHealthContributor(
			new StubConnections(this.connection), this.world::now);

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.appender);
		this.appender.start();
	}

	@AfterEach
	void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
		this.logger.setLevel(null);
		this.registry.close();
		this.context.close();
	}

	@Test
	void outageIsTheSameStoryEverywhere() {
		assertThat(status()).isEqualTo(Status.UNKNOWN);
		this.connection.start();
		this.connection.send("hello");
		this.world.receive("tick");
		assertThat(status()).isEqualTo(Status.UP);
		this.world.pass(Duration.ofSeconds(60));
		outage();
		this.world.receive("tock");
		assertThat(status()).isEqualTo(Status.UP);
		this.connection.close();
		this.world.run();
		assertThat(status()).isEqualTo(Status.UNKNOWN);
		assertThat(lines()).containsExactlyElementsOf(storyOfTheLog());
		assertThat(this.context.getBean(Recorder.class).heard).containsExactlyElementsOf(storyOfTheEvents());
		assertStoryOfTheMeters();
	}

	private void outage() {
		this.world.silent(true);
		this.world.down(true);
		this.world.pass(Duration.ofSeconds(24));
		assertThat(this.connection.state()).isEqualTo(ConnectionState.OPEN);
		this.world.pass(Duration.ofSeconds(2));
		assertThat(this.connection.state()).isEqualTo(ConnectionState.WAITING);
		assertThat(status()).isEqualTo(Status.UP);
		this.world.pass(Duration.ofSeconds(60));
		assertThat(status()).isEqualTo(Status.DOWN);
		this.world.silent(false);
		this.world.down(false);
		this.world.pass(Duration.ofSeconds(30));
	}

	private static List<String> storyOfTheLog() {
		return List.of("INFO prices: IDLE -> CONNECTING", "INFO prices: CONNECTING -> OPEN (in 0s)",
				"WARN prices: OPEN -> WAITING (no proof of life for 10s after 2 answered heartbeats; next attempt in"
						+ " 1s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; next attempt in 1s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 2 times in a row; next attempt in 2s)",
				"WARN prices: CONNECTING -> WAITING (connection refused; failed 4 times in a row; 1 failure not logged;"
						+ " next attempt in 8s)",
				"INFO prices: CONNECTING -> OPEN (after 1m 2s and 7 attempts)",
				"INFO prices: OPEN -> CLOSING (close requested)", "INFO prices: CLOSING -> CLOSED");
	}

	private static List<String> storyOfTheEvents() {
		List<String> story = new ArrayList<>(
				List.of("IDLE -> CONNECTING", "CONNECTING -> OPEN", "tick", "OPEN -> WAITING"));
		Collections.nCopies(6, List.of("WAITING -> CONNECTING", "CONNECTING -> WAITING")).forEach(story::addAll);
		story.addAll(
				List.of("WAITING -> CONNECTING", "CONNECTING -> OPEN", "tock", "OPEN -> CLOSING", "CLOSING -> CLOSED"));
		return story;
	}

	private void assertStoryOfTheMeters() {
		assertThat(count("attempts", "outcome", "opened")).isEqualTo(2);
		assertThat(count("attempts", "outcome", "failed")).isEqualTo(6);
		assertThat(count("disconnects", "kind", "heartbeat_timeout")).isEqualTo(1);
		assertThat(count("disconnects", "kind", "close_requested")).isEqualTo(1);
		assertThat(count("heartbeat.misses", "connection", "prices")).isEqualTo(1);
		assertThat(functionCount("in")).isEqualTo(2);
		assertThat(functionCount("out")).isEqualTo(1);
	}

	private static ConnectionSettings settings() {
		return ConnectionSettings.builder("prices", URI.create("wss://user:secret@localhost/ws?token=secret"))
			.reconnect(new ConnectionSettings.Reconnect(true, Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0, -1,
					Duration.ofSeconds(10), Set.of(), Set.of()))
			.build();
	}

	private Status status() {
		HealthIndicator indicator = (HealthIndicator) this.health.getContributor("prices");
		assertThat(indicator).isNotNull();
		return indicator.health().getStatus();
	}

	private double count(String name, String tag, String value) {
		return this.registry.get("websocket.client." + name).tag(tag, value).counter().count();
	}

	private double functionCount(String direction) {
		return this.registry.get("websocket.client.messages").tag("direction", direction).functionCounter().count();
	}

	private List<String> lines() {
		return this.appender.list.stream().map((it) -> it.getLevel() + " " + it.getFormattedMessage()).toList();
	}

	static class Recorder {

		private final List<String> heard = new ArrayList<>();

		@EventListener
		void on(WebSocketStateEvent event) {
			this.heard.add(event.from() + " -> " + event.to());
		}

		@EventListener
		void on(WebSocketMessageEvent event) {
			this.heard.add(event.text());
		}

	}

}
