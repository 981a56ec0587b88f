package io.github.websocketresilience.autoconfigure;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.metrics.MetricsConnectionObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WebSocketResilienceMetricsAutoConfiguration} with connections that
 * live.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebSocketResilienceMetricsAutoConfigurationTests {

	private static final String URL = "ws://localhost:9/ws";

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebSocketResilienceAutoConfiguration.class,
				WebSocketResilienceMetricsAutoConfiguration.class, MetricsAutoConfiguration.class,
				CompositeMeterRegistryAutoConfiguration.class))
		.withPropertyValues("resilient.websocket.url=" + URL)
		.withBean(ScriptedTransport.class, () -> new ScriptedTransport(ScriptedTransport.Script.OPEN));

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(SimpleMetricsExportAutoConfiguration.class));

	@Test
	void metersAreThereBeforeTheConnectionsStart() {
		this.runner.withPropertyValues("resilient.websocket.auto-startup=false")
			.run((context) -> assertThat(inState(context, "default", "idle")).isEqualTo(1));
	}

	@Test
	void configuredConnectionsHaveMetersOfTheirOwnUnlessTheyShareAGroup() {
		this.runner.withPropertyValues("resilient.websocket.connections.bids.url=" + URL,
				"resilient.websocket.connections.bids.group=feeds", "resilient.websocket.connections.asks.url=" + URL,
				"resilient.websocket.connections.asks.group=feeds")
			.run((context) -> {
				awaitOpen(context, "default", 1);
				awaitOpen(context, "feeds", 2);
				assertThat(registry(context).find("websocket.client.state").tag("connection", "bids").meters())
					.isEmpty();
			});
	}

	@Test
	void connectionsOpenedAtRunTimeShareMetersUntilTheLastIsRemoved() {
		this.runner.run((context) -> {
			awaitOpen(context, "default", 1);
			for (int i = 0; i < 20; i++) {
				connections(context).open("tenant-" + i, (settings) -> settings.url(URL));
			}
			awaitOpen(context, "dynamic", 20);
			connections(context).get("tenant-0").send("hello").get(20, TimeUnit.SECONDS);
			for (int i = 0; i < 19; i++) {
				connections(context).remove("tenant-" + i).get(20, TimeUnit.SECONDS);
			}
			assertThat(inState(context, "dynamic", "open")).isEqualTo(1);
			assertThat(sent(context, "dynamic")).isEqualTo(1);
			assertThat(registry(context).get("websocket.client.attempts")
				.tags("connection", "dynamic", "outcome", "opened")
				.counter()
				.count()).isEqualTo(20);
			connections(context).remove("tenant-19").get(20, TimeUnit.SECONDS);
			assertThat(tagged(context, "dynamic")).isZero();
			assertThat(tagged(context, "default")).isNotZero();
		});
	}

	@Test
	void connectionOpenedAtRunTimeWithoutGroupHasMetersOfItsOwn() {
		this.runner.run((context) -> {
			connections(context).open("tenant-1", (settings) -> settings.url(URL).group(null));
			awaitOpen(context, "tenant-1", 1);
			assertThat(tagged(context, "dynamic")).isZero();
			connections(context).remove("tenant-1").get(20, TimeUnit.SECONDS);
			assertThat(tagged(context, "tenant-1")).isZero();
		});
	}

	@Test
	void connectionThatIsNeverStartedLeavesToo() {
		this.runner.run((context) -> {
			connections(context).open("tenant-1",
					(settings) -> settings.url(URL).startup(new ConnectionSettings.Startup(false, false)));
			assertThat(inState(context, "dynamic", "idle")).isEqualTo(1);
			connections(context).remove("tenant-1").get(20, TimeUnit.SECONDS);
			assertThat(tagged(context, "dynamic")).isZero();
		});
	}

	@Test
	void filtersAndCommonTagsOfTheApplicationApply() {
		this.runner.withBean("deny", MeterFilter.class, () -> MeterFilter.denyNameStartsWith("websocket.client.bytes"))
			.withPropertyValues("management.metrics.tags.region=eu")
			.run((context) -> {
				assertThat(registry(context).find("websocket.client.bytes").meters()).isEmpty();
				assertThat(registry(context).get("websocket.client.state").tag("region", "eu").gauges()).hasSize(6);
			});
	}

	@Test
	void severalRegistriesAreAllServed() {
		this.runner.withConfiguration(AutoConfigurations.of(PrometheusMetricsExportAutoConfiguration.class))
			.withBean("other", SimpleMeterRegistry.class)
			.run((context) -> {
				assertThat(registry(context)).isInstanceOf(CompositeMeterRegistry.class);
				connections(context).open("tenant-1", (settings) -> settings.url(URL));
				awaitOpen(context, "dynamic", 1);
				assertThat(context.getBeansOfType(MeterRegistry.class)).hasSize(3)
					.allSatisfy((name,
							registry) -> assertThat(
									registry.get("websocket.client.state").tags("connection", "dynamic").gauges())
								.hasSize(6));
				connections(context).remove("tenant-1").get(20, TimeUnit.SECONDS);
				assertThat(context.getBeansOfType(MeterRegistry.class)).allSatisfy((name,
						registry) -> assertThat(
								registry.find("websocket.client.state").tags("connection", "dynamic").gauges())
							.isEmpty());
			});
	}

	@Test
	void twoContextsHaveTheirOwnMeters() {
		this.runner.run((first) -> this.runner.run((second) -> {
			connections(second).open("tenant-1", (settings) -> settings.url(URL));
			awaitOpen(second, "dynamic", 1);
			assertThat(tagged(first, "dynamic")).isZero();
			awaitOpen(first, "default", 1);
		}));
	}

	@Test
	void beanThatIsGivenAConnectionMayCustomizeTheRegistry() {
		this.runner.withBean("filter", FilterWithConnection.class).run((context) -> {
			awaitOpen(context, "default", 1);
			assertThat(context.getBean(FilterWithConnection.class).connection.state()).isEqualTo(ConnectionState.OPEN);
		});
	}

	@Test
	void backsOffForTheApplicationsOwn() {
		SimpleMeterRegistry own = new SimpleMeterRegistry();
		this.runner.withBean("own", MetricsConnectionObserver.class, () -> new MetricsConnectionObserver(own))
			.run((context) -> {
				assertThat(context).hasSingleBean(MetricsConnectionObserver.class);
				assertThat(tagged(context, "default")).isZero();
				assertThat(own.find("websocket.client.state").gauges()).hasSize(6);
			});
	}

	private static void awaitOpen(ApplicationContext context, String connection, int members) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.untilAsserted(() -> assertThat(inState(context, connection, "open")).isEqualTo(members));
	}

	private static double inState(ApplicationContext context, String connection, String state) {
		Gauge gauge = registry(context).find("websocket.client.state")
			.tags("connection", connection, "state", state)
			.gauge();
		return (gauge != null) ? gauge.value() : -1;
	}

	private static double sent(ApplicationContext context, String connection) {
		return registry(context).get("websocket.client.messages")
			.tags("connection", connection, "direction", "out")
			.functionCounter()
			.count();
	}

	private static long tagged(ApplicationContext context, String connection) {
		return registry(context).getMeters()
			.stream()
			.filter((meter) -> connection.equals(meter.getId().getTag("connection")))
			.count();
	}

	private static MeterRegistry registry(ApplicationContext context) {
		return context.getBean(MeterRegistry.class);
	}

	private static WebSocketConnections connections(ApplicationContext context) {
		return context.getBean(WebSocketConnections.class);
	}

	/** Needs a connection before there is a registry. */
	static final class FilterWithConnection implements MeterFilter {

		private final WebSocketConnection connection;

		FilterWithConnection(WebSocketConnection connection) {
			this.connection = connection;
		}

	}

}
