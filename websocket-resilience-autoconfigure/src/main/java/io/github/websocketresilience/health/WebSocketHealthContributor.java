package io.github.websocketresilience.health;

import java.time.InstantSource;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/**
 * The health of all connections, one component for each under its name. Looks them up
 * each time, so that one opened or removed at run time comes and goes.
 */
public final class WebSocketHealthContributor implements CompositeHealthContributor {

	private final WebSocketConnections connections;

	private final InstantSource clock;

	/**
	 * Create a contributor.
	 * @param connections the connections
	 * @param clock the clock that grace periods are measured with, the same as that of
	 * the connections
	 */
	public WebSocketHealthContributor(WebSocketConnections connections, InstantSource clock) {
		this.connections = connections;
		this.clock = clock;
	}

	@Override
	public @Nullable HealthContributor getContributor(String name) {
		return this.connections.find(name).map(this::indicator).orElse(null);
	}

	@Override
	public Stream<Entry> stream() {
		return StreamSupport.stream(this.connections.spliterator(), false)
			.map((connection) -> new Entry(connection.name(), indicator(connection)));
	}

	private WebSocketHealthIndicator indicator(WebSocketConnection connection) {
		return new WebSocketHealthIndicator(connection, this.clock);
	}

}
