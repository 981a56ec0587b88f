package io.github.websocketresilience.health;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.github.websocketresilience.WebSocketConnection;
import io.github.websocketresilience.WebSocketConnections;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;

/**
 * The health of all connections. Looks them up each time, in one pass, so that one opened
 * or removed at run time comes and goes.
 * <p>
 * A connection without {@code group} has a component under its name. The members of a
 * group share one under the name of the group, whose status is the most severe of theirs
 * by Spring Boot's default order: DOWN, OUT_OF_SERVICE, UP, UNKNOWN. A connection without
 * {@code group} that is named as a group is counted among its members, so no component
 * hides another.
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
		List<WebSocketConnection> members = connections()
			.filter((connection) -> connection.settings().groupOrName().equals(name))
			.toList();
		return !members.isEmpty() ? indicator(members) : null;
	}

	@Override
	public Stream<Entry> stream() {
		Map<String, List<WebSocketConnection>> components = connections().collect(Collectors
			.groupingBy((connection) -> connection.settings().groupOrName(), LinkedHashMap::new, Collectors.toList()));
		return components.entrySet()
			.stream()
			.map((component) -> new Entry(component.getKey(), indicator(component.getValue())));
	}

	private Stream<WebSocketConnection> connections() {
		return StreamSupport.stream(this.connections.spliterator(), false);
	}

	private HealthContributor indicator(List<WebSocketConnection> members) {
		WebSocketConnection first = members.get(0);
		return (members.size() == 1 && first.settings().group() == null)
				? new WebSocketHealthIndicator(first, this.clock) : new GroupHealthIndicator(members, this.clock);
	}

}
