package io.github.websocketresilience.autoconfigure;

import java.time.Instant;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.DeliveryInterceptor;
import io.github.websocketresilience.JsonCodec;
import io.github.websocketresilience.MessageObserver;
import io.github.websocketresilience.StubConnection;
import io.github.websocketresilience.StubConnections;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.health.WebSocketHealthContributor;
import io.github.websocketresilience.logging.LoggingConnectionObserver;
import io.github.websocketresilience.logging.MdcDeliveryInterceptor;
import io.github.websocketresilience.logging.PayloadLog;
import io.github.websocketresilience.messaging.ApplicationEventPublishingListener;
import io.github.websocketresilience.messaging.JacksonJsonCodec;
import io.github.websocketresilience.messaging.JacksonMessageReader;
import io.github.websocketresilience.messaging.MessageReader;
import io.github.websocketresilience.messaging.WebSocketListenerDispatcher;
import io.github.websocketresilience.messaging.WebSocketListenerMethodProcessor;
import io.github.websocketresilience.metrics.MetricsConnectionObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for the auto-configurations that connect the edges to the connections.
 */
class EdgeAutoConfigurationTests {

	private static final Class<?>[] EDGES = { WebSocketResilienceEventsAutoConfiguration.class,
			WebSocketResilienceHealthContributorAutoConfiguration.class,
			WebSocketResilienceJacksonAutoConfiguration.class, WebSocketResilienceListenerAutoConfiguration.class,
			WebSocketResilienceLoggingAutoConfiguration.class, WebSocketResilienceMetricsAutoConfiguration.class };

	private final StubConnection connection = new StubConnection("default");

	private final ApplicationContextRunner withoutConnections = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EDGES))
		.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
				HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.withoutConnections.withBean(WebSocketConnections.class,
			() -> new StubConnections(this.connection));

	@Test
	void withConnectionsEveryEdgeIsThere() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(ApplicationEventPublishingListener.class)
				.hasSingleBean(WebSocketListenerDispatcher.class)
				.hasSingleBean(JacksonJsonCodec.class)
				.hasSingleBean(JacksonMessageReader.class)
				.hasSingleBean(LoggingConnectionObserver.class)
				.hasSingleBean(MdcDeliveryInterceptor.class)
				.hasSingleBean(PayloadLog.class)
				.hasSingleBean(MetricsConnectionObserver.class)
				.hasSingleBean(WebSocketHealthContributor.class);
			assertThat(context.getBeansOfType(ConnectionObserver.class)).hasSize(2);
			assertThat(context.getBeansOfType(ConnectionListener.class)).hasSize(2);
		});
	}

	@Test
	void withoutConnectionsThereIsNoEdge() {
		this.withoutConnections.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(ConnectionListener.class)
			.doesNotHaveBean(ConnectionObserver.class)
			.doesNotHaveBean(DeliveryInterceptor.class)
			.doesNotHaveBean(MessageObserver.class)
			.doesNotHaveBean(JsonCodec.class)
			.doesNotHaveBean(WebSocketHealthContributor.class));
	}

	@ParameterizedTest
	@MethodSource("edges")
	void everyEdgeIsImportedAndNamesWhatComesBeforeIt(Class<?> edge) throws Exception {
		assertThat(ImportCandidates.load(AutoConfiguration.class, null)).contains(edge.getName());
		for (String name : edge.getAnnotation(AutoConfiguration.class).afterName()) {
			assertThat(Class.forName(name)).hasAnnotation(AutoConfiguration.class);
		}
	}

	@Test
	void withoutJacksonThereIsNoJson() {
		this.runner.withClassLoader(new FilteredClassLoader("tools.jackson"))
			.run((context) -> assertThat(context).hasSingleBean(ApplicationEventPublishingListener.class)
				.hasSingleBean(WebSocketListenerDispatcher.class)
				.doesNotHaveBean(JsonCodec.class)
				.doesNotHaveBean(MessageReader.class));
	}

	@Test
	void withoutSpringMessagingNoMethodListens() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.messaging"))
			.run((context) -> assertThat(context).hasSingleBean(ApplicationEventPublishingListener.class)
				.doesNotHaveBean(WebSocketListenerDispatcher.class)
				.doesNotHaveBean(WebSocketListenerMethodProcessor.class));
	}

	@Test
	void withoutMicrometerThereAreNoMetrics() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EDGES))
			.withBean(WebSocketConnections.class, () -> new StubConnections(this.connection))
			.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> {
				assertThat(context).hasSingleBean(LoggingConnectionObserver.class)
					.hasSingleBean(WebSocketHealthContributor.class);
				assertThat(context.getBeanDefinitionNames())
					.noneMatch((name) -> name.contains("Meter") || name.contains("Metrics"));
			});
	}

	@Test
	void withoutMeterRegistryThereAreNoMetrics() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EDGES))
			.withBean(WebSocketConnections.class, () -> new StubConnections(this.connection))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(MetricsConnectionObserver.class));
	}

	@Test
	void withoutHealthContributorsThereIsNoHealth() {
		// Not the whole module: its condition is loaded before ours is asked.
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EDGES))
			.withBean(WebSocketConnections.class, () -> new StubConnections(this.connection))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.health.contributor"))
			.run((context) -> {
				assertThat(context).hasSingleBean(LoggingConnectionObserver.class);
				assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.contains("Health"));
			});
	}

	@Test
	void metricsTakeTheApplicationsOwnRegistry() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(EDGES))
			.withBean(WebSocketConnections.class, () -> new StubConnections(this.connection))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> assertThat(context).hasSingleBean(MetricsConnectionObserver.class));
	}

	@Test
	void healthComponentIsNamedWebsocketWithOneComponentPerConnection() {
		this.connection.be(ConnectionState.OPEN, Instant.EPOCH, null);
		this.runner.run((context) -> {
			CompositeHealthContributor websocket = (CompositeHealthContributor) context
				.getBean(HealthContributorRegistry.class)
				.getContributor("websocket");
			assertThat(websocket).isNotNull();
			HealthIndicator indicator = (HealthIndicator) websocket.getContributor("default");
			assertThat(indicator).isNotNull();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
		});
	}

	@Test
	void healthIsMeasuredWithTheSystemsClock() {
		this.connection.be(ConnectionState.WAITING, Instant.now(), Instant.now().minusSeconds(3600));
		this.runner.run((context) -> {
			HealthIndicator indicator = (HealthIndicator) context.getBean(WebSocketHealthContributor.class)
				.getContributor("default");
			assertThat(indicator).isNotNull();
			assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
		});
	}

	@ParameterizedTest
	@MethodSource("switches")
	void healthCanBeSwitchedOff(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).doesNotHaveBean(WebSocketHealthContributor.class));
	}

	@Test
	void healthCanBeTheOnlyOne() {
		this.runner
			.withPropertyValues("management.health.defaults.enabled=false", "management.health.websocket.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(WebSocketHealthContributor.class));
	}

	@ParameterizedTest
	@MethodSource("healthBeanNames")
	void healthBacksOff(String name) {
		this.runner.withBean(name, HealthIndicator.class, () -> () -> null)
			.run((context) -> assertThat(context).hasBean(name).doesNotHaveBean(WebSocketHealthContributor.class));
	}

	@Test
	void jsonBacksOff() {
		this.runner.withBean(JsonCodec.class, () -> mock(JsonCodec.class))
			.withBean(MessageReader.class, () -> mock(MessageReader.class))
			.run((context) -> assertThat(context).hasSingleBean(JsonCodec.class)
				.hasSingleBean(MessageReader.class)
				.doesNotHaveBean(JacksonJsonCodec.class)
				.doesNotHaveBean(JacksonMessageReader.class));
	}

	@Test
	void otherEdgesBackOff() {
		this.runner.withBean("log", LoggingConnectionObserver.class)
			.withBean("events", ApplicationEventPublishingListener.class)
			.withBean("metrics", MetricsConnectionObserver.class,
					() -> new MetricsConnectionObserver(new SimpleMeterRegistry()))
			.run((context) -> assertThat(context).hasSingleBean(LoggingConnectionObserver.class)
				.hasSingleBean(ApplicationEventPublishingListener.class)
				.hasSingleBean(MetricsConnectionObserver.class));
	}

	@Test
	void logOfListenersAndMessagesBacksOff() {
		this.runner.withBean("mdc", MdcDeliveryInterceptor.class)
			.withBean("payloads", PayloadLog.class)
			.run((context) -> assertThat(context).hasSingleBean(MdcDeliveryInterceptor.class)
				.hasSingleBean(PayloadLog.class));
	}

	@Test
	void nameIsInTheMdcBeforeAnythingElseHappens() {
		this.runner.withBean("mine", DeliveryInterceptor.class, () -> (delivery, call) -> call.run())
			.run((context) -> assertThat(context.getBeanProvider(DeliveryInterceptor.class).orderedStream()).hasSize(2)
				.first()
				.isInstanceOf(MdcDeliveryInterceptor.class));
	}

	@Test
	void usersListenersAndObserversAreNoReasonToBackOff() {
		this.runner.withBean("mine", ConnectionListener.class, () -> new ConnectionListener() {
		}).withBean("myObserver", ConnectionObserver.class, () -> (event) -> {
		}).run((context) -> {
			assertThat(context).hasSingleBean(ApplicationEventPublishingListener.class);
			assertThat(context.getBeansOfType(ConnectionObserver.class)).hasSize(3);
		});
	}

	static Stream<Class<?>> edges() {
		return Stream.of(EDGES);
	}

	static Stream<String> switches() {
		return Stream.of("management.health.websocket.enabled=false", "management.health.defaults.enabled=false");
	}

	static Stream<String> healthBeanNames() {
		return Stream.of("websocketHealthIndicator", "websocketHealthContributor");
	}

}
