package io.github.websocketresilience.test.interoperability;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many connections in one application, and many applications one after the other, in
 * short, and, with {@code -Dgroups=long}, as many as we promise.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ManyConnectionsTests {

	private static final Logger logger = LoggerFactory.getLogger(ManyConnectionsTests.class);

	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

	/** Threads end when they were idle for a while, and memory goes when it is wanted. */
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	private static final Duration GRACE = Duration.ofSeconds(2);

	/** Three groups of 64, a quarter of one to give sockets up, a timer, a keeper. */
	private static final int OUR_THREADS = 3 * 64 + 16 + 2;

	/** Tomcat's client, without TLS: a few for each processor, none for a connection. */
	private static final int CONTAINER_THREADS = 32;

	private static final Pattern OF_SERVER = Pattern.compile("http-nio.*|Catalina.*|container-.*");

	private static Footprint before;

	private static LocalServer server;

	@BeforeAll
	static void start() {
		before = Footprint.now();
		server = new LocalServer();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void twoHundredConnectionsOpenAndStop() {
		openAndStop(200);
	}

	@Test
	@Tag("long")
	void twoThousandConnectionsOpenAndStop() {
		openAndStop(2000);
	}

	@Test
	void fiveContextsLeaveNothingBehind() {
		restart(5);
	}

	@Test
	@Tag("long")
	void hundredContextsLeaveNothingBehind() {
		restart(100);
	}

	@Test
	void contextThatIsStoppedAndStartedLeavesNothingBehind() {
		try (ConfigurableApplicationContext context = client()) {
			WebSocketConnection connection = open(context, 1).get(0);
			for (int round = 0; round < 5; round++) {
				awaitOpen(List.of(connection));
				context.stop();
				assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED);
				context.start();
			}
			awaitOpen(List.of(connection));
		}
		awaitNoThreadOfOurs();
	}

	private static void openAndStop(int count) {
		ConfigurableApplicationContext context = client();
		Duration stopped;
		try {
			long begin = System.nanoTime();
			List<WebSocketConnection> connections = open(context, count);
			awaitOpen(connections);
			Duration opened = since(begin);
			Footprint during = Footprint.now();
			assertThat(clientThreads(during) - clientThreads(before))
				.isLessThanOrEqualTo(OUR_THREADS + CONTAINER_THREADS);
			assertThat(during.threads()).filteredOn((name) -> name.startsWith("WebSocketClient"))
				.hasSizeLessThanOrEqualTo(CONTAINER_THREADS);
			begin = System.nanoTime();
			context.stop();
			stopped = since(begin);
			assertThat(connections)
				.allSatisfy((connection) -> assertThat(connection.state()).isEqualTo(ConnectionState.CLOSED));
			logger.info("{} connections: open after {}, stopped after {}; before: {}; open: {}", count, opened, stopped,
					before, during);
		}
		finally {
			context.close();
		}
		assertThat(stopped).isLessThan(CLOSE_TIMEOUT.plus(GRACE));
		awaitNoThreadOfOurs();
	}

	private static void restart(int count) {
		List<WeakReference<WebSocketConnections>> left = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			left.add(run());
		}
		awaitNoThreadOfOurs();
		await("no connections left in memory").atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(() -> {
			Footprint now = Footprint.now();
			left.removeIf((reference) -> reference.refersTo(null));
			logger.debug("{} of {} contexts left; {}", left.size(), count, now);
			return left.isEmpty();
		});
		logger.info("{} contexts; before: {}; after: {}", count, before, Footprint.now());
	}

	private static WeakReference<WebSocketConnections> run() {
		try (ConfigurableApplicationContext context = client()) {
			awaitOpen(open(context, 3));
			return new WeakReference<>(context.getBean(WebSocketConnections.class));
		}
	}

	private static ConfigurableApplicationContext client() {
		return new SpringApplicationBuilder(Client.class).web(WebApplicationType.NONE)
			.properties(Map.of("spring.config.location", "optional:classpath:/none/", "spring.jmx.enabled", "false",
					"resilient.websocket.close-timeout", CLOSE_TIMEOUT.toSeconds() + "s"))
			.logStartupInfo(false)
			.run();
	}

	private static List<WebSocketConnection> open(ConfigurableApplicationContext context, int count) {
		WebSocketConnections connections = context.getBean(WebSocketConnections.class);
		List<WebSocketConnection> opened = new ArrayList<>();
		for (int number = 0; number < count; number++) {
			opened.add(connections.open("number-" + number, (settings) -> settings.url(server.url())));
		}
		return opened;
	}

	private static void awaitOpen(List<WebSocketConnection> connections) {
		await("all OPEN").atMost(Duration.ofMinutes(2))
			.until(() -> connections.stream().allMatch((connection) -> connection.state() == ConnectionState.OPEN));
	}

	private static void awaitNoThreadOfOurs() {
		await("no thread left").atMost(PATIENCE)
			.pollInterval(Duration.ofMillis(200))
			.untilAsserted(() -> assertThat(ours(Footprint.now())).hasSizeLessThanOrEqualTo(ours(before).size()));
	}

	private static List<String> ours(Footprint footprint) {
		return footprint.threads()
			.stream()
			.filter((name) -> name.startsWith("ws-") || name.startsWith("WebSocketClient"))
			.toList();
	}

	private static long clientThreads(Footprint footprint) {
		return footprint.threads().stream().filter((name) -> !OF_SERVER.matcher(name).matches()).count();
	}

	private static Duration since(long nanos) {
		return Duration.ofNanos(System.nanoTime() - nanos);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Client {

	}

}
