package io.github.websocketresilience;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.github.websocketresilience.ConnectionSettings.Dispatch;
import io.github.websocketresilience.ConnectionSettings.Inbound;
import io.github.websocketresilience.ConnectionSettings.InboundOverflow;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.engine.Hooks;
import io.github.websocketresilience.engine.ManagedConnection;
import io.github.websocketresilience.engine.StandardReconnectPolicy;
import io.github.websocketresilience.health.WebSocketHealthContributor;
import io.github.websocketresilience.logging.LoggingConnectionObserver;
import io.github.websocketresilience.metrics.MetricsConnectionObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user sees of a real connection that is alive, but whose messages do not come or
 * cannot be read: log, meters and health tell the same story, and no payload.
 */
class MessageTroubleTests {

	private static final String SECRET = "{\"token\":\"s3cret\"}";

	private final ScriptedWorld world = new ScriptedWorld();

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final Logger logger = (Logger) LoggerFactory.getLogger(LoggingConnectionObserver.class.getPackageName());

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	@BeforeEach
	void listen() {
		this.logger.setLevel(Level.TRACE);
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
	}

	@Test
	void silentFeedIsToldOnceAndStaysUp() {
		ManagedConnection connection = open(OnSilence.REPORT, new Failing(Manner.NOT));
		this.world.pass(Duration.ofSeconds(10));
		this.world.receive("tick");
		this.world.pass(Duration.ofSeconds(30).minusNanos(1));
		assertThat(lines()).isEmpty();
		this.world.pass(Duration.ofMinutes(5));
		assertThat(lines()).containsExactly("WARN prices: no message for 30s");
		assertThat(count("silences")).isEqualTo(1);
		assertThat(health(connection).getStatus()).isEqualTo(Status.UP);
		assertThat(health(connection).getDetails()).containsEntry("silentSince", "2026-11-20T10:00:10Z");
		this.world.receive("tock");
		assertThat(health(connection).getDetails()).doesNotContainKey("silentSince");
		this.world.pass(Duration.ofSeconds(30));
		assertThat(lines()).hasSize(2);
		assertThat(count("silences")).isEqualTo(2);
	}

	@Test
	void socketOfASilentFeedIsReplaced() {
		ManagedConnection connection = open(OnSilence.RECONNECT, new Failing(Manner.NOT));
		this.world.pass(Duration.ofSeconds(30));
		assertThat(lines()).first().isEqualTo("WARN prices: no message for 30s");
		assertThat(lines()).element(1)
			.asString()
			.startsWith("WARN prices: OPEN -> WAITING (no message for 30s, open for 30s; next attempt in ");
		assertThat(this.registry.get("websocket.client.disconnects").tag("kind", "silence").counter().count())
			.isEqualTo(1);
		this.world.pass(Duration.ofSeconds(5));
		assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
		assertThat(health(connection).getDetails()).doesNotContainKey("silentSince");
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT")
	void messageThatCannotBeReadIsToldWithoutItsPayload(Manner manner) {
		ManagedConnection connection = open(OnSilence.REPORT, new Failing(manner));
		this.world.receive(SECRET);
		assertThat(connection.state()).isEqualTo(ConnectionState.OPEN);
		assertThat(this.appender.list).hasSize((manner == Manner.IN_TWO_METHODS) ? 2 : 1).allSatisfy((line) -> {
			assertThat(line.getLevel()).isEqualTo(Level.WARN);
			assertThat(line.getFormattedMessage()).contains("com.acme.Quote").doesNotContain("s3cret");
			assertThat(line.getThrowableProxy()).isNull();
		});
		assertThat(count("unreadable")).isEqualTo(this.appender.list.size());
		assertThat(health(connection).getDetails().toString()).doesNotContain("s3cret");
	}

	@Test
	void failureOfAUserIsStillShownInWhole() {
		open(OnSilence.REPORT, new ConnectionListener() {

			@Override
			public void onMessage(WebSocketConnection connection, Message message) {
				throw new IllegalStateException("mine");
			}

		});
		this.world.receive("tick");
		assertThat(this.appender.list).singleElement()
			.extracting((line) -> ThrowableProxyUtil.asString(line.getThrowableProxy()))
			.asString()
			.contains("IllegalStateException: mine", "at ");
	}

	private ManagedConnection open(OnSilence onSilence, ConnectionListener listener) {
		ManagedConnection connection = new ManagedConnection(settings(onSilence), this.world.ports(),
				new Hooks(new StandardReconnectPolicy(), List.of(), List.of(listener),
						List.of(new LoggingConnectionObserver(), new MetricsConnectionObserver(this.registry)),
						List.of(), null));
		connection.start();
		this.world.run();
		this.logger.setLevel(Level.WARN);
		this.appender.list.clear();
		return connection;
	}

	private static ConnectionSettings settings(OnSilence onSilence) {
		return ConnectionSettings.builder("prices", URI.create("wss://localhost/ws"))
			.inbound(new Inbound(256, 8 * 1024 * 1024, InboundOverflow.PAUSE, Dispatch.QUEUED, Duration.ofSeconds(30),
					onSilence))
			.build();
	}

	private Health health(ManagedConnection connection) {
		HealthIndicator indicator = (HealthIndicator) new WebSocketHealthContributor(new StubConnections(connection),
				this.world::now)
			.getContributor("prices");
		assertThat(indicator).isNotNull();
		return indicator.health();
	}

	private double count(String name) {
		return this.registry.get("websocket.client." + name).tag("connection", "prices").counter().count();
	}

	private List<String> lines() {
		return this.appender.list.stream().map((it) -> it.getLevel() + " " + it.getFormattedMessage()).toList();
	}

	/**
	 * How a listener fails.
	 */
	enum Manner {

		NOT, DIRECTLY, IN_ONE_METHOD, IN_TWO_METHODS

	}

	private record Failing(Manner manner) implements ConnectionListener {

		@Override
		public void onMessage(WebSocketConnection connection, Message message) {
			UnreadableMessageException unreadable = new UnreadableMessageException("com.acme.Quote", message,
					new IllegalArgumentException(((Message.Text) message).text()));
			switch (this.manner) {
				case DIRECTLY -> throw unreadable;
				case IN_ONE_METHOD -> throw new ListenerMethodException("Prices.on", unreadable);
				case IN_TWO_METHODS -> {
					ListenerMethodException failure = new ListenerMethodException("Prices.on", unreadable);
					failure.addSuppressed(new ListenerMethodException("Audit.on", unreadable));
					throw failure;
				}
				default -> {
				}
			}
		}

	}

}
