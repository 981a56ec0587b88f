package io.github.websocketresilience.test.interoperability;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionListener;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application that consists of the starter and one programmatic listener.
 */
public final class LoadClient implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final Queue<ConnectionEvent> events;

	private LoadClient(ConfigurableApplicationContext context, Queue<ConnectionEvent> events) {
		this.context = context;
		this.events = events;
	}

	/**
	 * Start the application.
	 * @param url the address
	 * @param listener the listener
	 * @param properties what is configured besides
	 * @return the running application, open unless {@code fail-fast} is off
	 */
	public static LoadClient open(String url, ConnectionListener listener, String... properties) {
		return run(listener, "resilient.websocket.fail-fast=true",
				Stream.concat(Stream.of("url=" + url), Arrays.stream(properties)));
	}

	/**
	 * Start the application.
	 * @param listener the listener of all connections
	 * @param properties all that is configured
	 * @return the running application
	 */
	public static LoadClient run(ConnectionListener listener, String... properties) {
		return run(listener, "resilient.websocket.fail-fast=false", Arrays.stream(properties));
	}

	private static LoadClient run(ConnectionListener listener, String unlessConfigured, Stream<String> properties) {
		Queue<ConnectionEvent> events = new ConcurrentLinkedQueue<>();
		String[] arguments = properties.map((property) -> "--resilient.websocket." + property).toArray(String[]::new);
		return new LoadClient(new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties(unlessConfigured)
			.initializers((context) -> register((GenericApplicationContext) context, listener, events::add))
			.run(arguments), events);
	}

	private static void register(GenericApplicationContext context, ConnectionListener listener,
			ConnectionObserver observer) {
		context.registerBean("listener", ConnectionListener.class, () -> listener);
		context.registerBean("events", ConnectionObserver.class, () -> observer);
	}

	/**
	 * Return the connection, if it is the only one.
	 * @return the connection
	 */
	public WebSocketConnection connection() {
		return this.context.getBean(WebSocketConnection.class);
	}

	/**
	 * Return the connections, if there are several.
	 * @return all of them
	 */
	public WebSocketConnections connections() {
		return this.context.getBean(WebSocketConnections.class);
	}

	/**
	 * Return events as an observer sees them.
	 * @param <E> their type
	 * @param type their type
	 * @return all so far
	 */
	public <E extends ConnectionEvent> Stream<E> events(Class<E> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast);
	}

	/**
	 * Forget the events so far.
	 */
	public void forget() {
		this.events.clear();
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
