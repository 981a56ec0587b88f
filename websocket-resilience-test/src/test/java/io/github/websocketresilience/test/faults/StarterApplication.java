package io.github.websocketresilience.test.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.HandshakeCustomizer;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import io.github.websocketresilience.test.ScriptedWebSocketServer;
import org.awaitility.Awaitility;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that consists of the starter and what a test adds. It runs whether or
 * not there is a server, and many of them run in one JVM.
 */
final class StarterApplication implements AutoCloseable {

	/** Of whatever must happen in the end, on a machine that has other work. */
	static final Duration PATIENCE = Duration.ofSeconds(20);

	static {
		LoggingSystem.get(StarterApplication.class.getClassLoader()).setLogLevel("ROOT", LogLevel.INFO);
	}

	private final Queue<ConnectionEvent> events;

	private final ConfigurableApplicationContext context;

	private StarterApplication(Queue<ConnectionEvent> events, ConfigurableApplicationContext context) {
		this.events = events;
		this.context = context;
	}

	/**
	 * Start it.
	 * @param properties what is configured
	 * @return the application, started
	 */
	static StarterApplication start(String... properties) {
		return startWith((context) -> {
		}, properties);
	}

	/**
	 * Start it with a listener.
	 * @param listener the listener
	 * @param properties what is configured
	 * @return the application, started
	 */
	static StarterApplication start(ConnectionListener listener, String... properties) {
		return startWith((context) -> context.registerBean("listener", ConnectionListener.class, () -> listener),
				properties);
	}

	/**
	 * Start it with a customizer.
	 * @param customizer the customizer
	 * @param properties what is configured
	 * @return the application, started
	 */
	static StarterApplication start(HandshakeCustomizer customizer, String... properties) {
		return startWith((context) -> context.registerBean("customizer", HandshakeCustomizer.class, () -> customizer),
				properties);
	}

	/**
	 * Start it with beans.
	 * @param beans registers them
	 * @param properties what is configured
	 * @return the application, started
	 */
	static StarterApplication startWith(Consumer<GenericApplicationContext> beans, String... properties) {
		Queue<ConnectionEvent> events = new ConcurrentLinkedQueue<>();
		SpringApplication application = new SpringApplication(Application.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		SharedLog.keep(application);
		application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) (context) -> {
			context.registerBean("events", ConnectionObserver.class, () -> events::add);
			beans.accept(context);
		});
		return new StarterApplication(events, application.run(arguments(properties)));
	}

	private static String[] arguments(String... properties) {
		return Arrays.stream(properties)
			.map((property) -> "--" + (property.startsWith("management.") ? "" : "resilient.websocket.") + property)
			.toArray(String[]::new);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return the connection, if it is the only one.
	 * @return the connection
	 */
	WebSocketConnection connection() {
		return bean(WebSocketConnection.class);
	}

	WebSocketConnection connection(String name) {
		return bean(WebSocketConnections.class).get(name);
	}

	/**
	 * Return what happened, as an observer sees it.
	 * @param <E> the type
	 * @param type the type
	 * @return all of this type so far, in order
	 */
	<E extends ConnectionEvent> List<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	/**
	 * Wait until something has happened.
	 * @param <E> its type
	 * @param type its type
	 * @param count how many times
	 * @return the last of them
	 */
	<E extends ConnectionEvent> E await(Class<E> type, int count) {
		return awaitAll(type, count).get(count - 1);
	}

	<E extends ConnectionEvent> List<E> awaitAll(Class<E> type, int count) {
		until(count + " " + type.getSimpleName(), () -> events(type).size() >= count);
		return events(type);
	}

	StarterApplication awaitState(ConnectionState state) {
		return awaitState(connection(), state);
	}

	StarterApplication awaitState(WebSocketConnection connection, ConnectionState state) {
		until(state.name(), () -> connection.state() == state);
		return this;
	}

	/**
	 * Demand that the socket in use is that of an attempt, and that no other came.
	 * @param server the server
	 * @param attempt the number of the attempt, as the server counts
	 */
	void assertReconnected(ScriptedWebSocketServer server, int attempt) {
		server.awaitAttempt(attempt, PATIENCE).awaitOpened(PATIENCE);
		awaitState(ConnectionState.OPEN);
		assertThat(server.attempts()).isEqualTo(attempt);
	}

	/**
	 * Wait until something is so.
	 * @param what a name for it
	 * @param condition whether it is so
	 */
	static void until(String what, Callable<Boolean> condition) {
		Awaitility.await(what)
			.dontCatchUncaughtExceptions()
			.pollInterval(Duration.ofMillis(5))
			.atMost(PATIENCE)
			.until(condition);
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
