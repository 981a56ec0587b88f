package io.github.websocketresilience.test.interoperability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.messaging.WebSocketMessageEvent;
import io.github.websocketresilience.messaging.WebSocketStateEvent;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

import static org.awaitility.Awaitility.await;

/**
 * An application that consists of the starter, a file of YAML and two listeners.
 */
final class ClientApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ConfigurableApplicationContext context;

	private final Listeners listeners;

	private ClientApplication(ConfigurableApplicationContext context) {
		this.context = context;
		this.listeners = context.getBean(Listeners.class);
	}

	/**
	 * Start the application.
	 * @param yaml the name of the file below {@code recipes}
	 * @param url the address in place of the file's
	 * @param properties values in place of the file's
	 * @return the running application
	 */
	static ClientApplication run(String yaml, String url, String... properties) {
		List<String> arguments = new ArrayList<>();
		arguments.add("--spring.config.location=classpath:/recipes/" + yaml);
		arguments.add("--resilient.websocket.url=" + url);
		Arrays.stream(properties).map((property) -> "--resilient.websocket." + property).forEach(arguments::add);
		return new ClientApplication(new SpringApplicationBuilder(Listeners.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run(arguments.toArray(String[]::new)));
	}

	WebSocketConnection connection() {
		return this.context.getBean(WebSocketConnection.class);
	}

	/**
	 * Return the texts that were delivered, in order.
	 * @return all so far
	 */
	List<String> messages() {
		return this.listeners.messages;
	}

	/**
	 * Return the changes to a state, in order.
	 * @param to the state
	 * @return all so far
	 */
	List<WebSocketStateEvent> changes(ConnectionState to) {
		return this.listeners.changes.stream().filter((change) -> change.to() == to).toList();
	}

	/**
	 * Wait for a change of state.
	 * @param to the state
	 * @param count how many times it must have been entered
	 * @return the change
	 */
	WebSocketStateEvent awaitChange(ConnectionState to, int count) {
		await("change %d to %s".formatted(count, to)).atMost(PATIENCE).until(() -> changes(to).size() >= count);
		return changes(to).get(count - 1);
	}

	/**
	 * Forget what the listeners were told.
	 */
	void forget() {
		this.listeners.changes.clear();
		this.listeners.messages.clear();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Listeners {

		private final List<WebSocketStateEvent> changes = new CopyOnWriteArrayList<>();

		private final List<String> messages = new CopyOnWriteArrayList<>();

		@EventListener
		void on(WebSocketStateEvent change) {
			this.changes.add(change);
		}

		@EventListener
		void on(WebSocketMessageEvent message) {
			this.messages.add(message.text());
		}

	}

}
