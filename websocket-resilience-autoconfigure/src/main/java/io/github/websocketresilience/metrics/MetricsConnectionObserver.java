package io.github.websocketresilience.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.github.websocketresilience.ConnectionEvent;
import io.github.websocketresilience.ConnectionObserver;
import io.github.websocketresilience.WebSocketConnection;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Keeps the meters of connections: some count events, the others are read from snapshots
 * when the registry is read, so a message costs nothing here. Connections of one group
 * share their meters. They are registered when the first of them is made, and removed
 * with the last one.
 */
public final class MetricsConnectionObserver implements ConnectionObserver {

	/** Taken by those who come and go. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Group> groups = new HashMap<>();

	private final Map<String, Group> byConnection = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	/**
	 * Create an observer.
	 * @param registry where to keep the meters
	 */
	public MetricsConnectionObserver(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void onAdded(WebSocketConnection connection) {
		this.lock.lock();
		try {
			Group group = this.groups.computeIfAbsent(connection.settings().groupOrName(),
					(name) -> Group.register(name, this.registry));
			group.members().add(connection);
			this.byConnection.put(connection.name(), group);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onEvent(ConnectionEvent event) {
		Group group = this.byConnection.get(event.connection());
		if (group != null) {
			group.events().count(event);
		}
	}

	@Override
	public void onRemoved(WebSocketConnection connection) {
		this.lock.lock();
		try {
			Group group = this.byConnection.remove(connection.name());
			if (group != null && group.members().remove(connection)) {
				this.groups.remove(connection.settings().groupOrName());
				group.meters().remove();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Connections that share their meters.
	 *
	 * @param members the connections
	 * @param meters all of their meters
	 * @param events those of them that count events
	 */
	private record Group(Members members, GroupMeters meters, EventMeters events) {

		static Group register(String name, MeterRegistry registry) {
			Members members = new Members(registry.config().clock());
			GroupMeters meters = new GroupMeters(registry, name);
			meters.read(members);
			return new Group(members, meters, new EventMeters(meters));
		}

	}

}
