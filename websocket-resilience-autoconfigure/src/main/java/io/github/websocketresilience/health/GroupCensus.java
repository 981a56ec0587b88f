package io.github.websocketresilience.health;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.ConnectionState;

import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * What is found while the members of a group are counted, each once. Of members that are
 * not UP a few are named, those that are DOWN before those that were stopped.
 */
final class GroupCensus {

	static final int MOST_NAMED = 10;

	private final Instant now;

	private final Set<Status> statuses = new HashSet<>();

	private final Map<ConnectionState, Integer> states = new EnumMap<>(ConnectionState.class);

	private final Map<String, String> down = new LinkedHashMap<>();

	private final Map<String, String> stopped = new LinkedHashMap<>();

	private int members;

	private int membersDown;

	private int silent;

	GroupCensus(Instant now) {
		this.now = now;
	}

	void count(ConnectionSnapshot snapshot, ConnectionSettings.Health settings) {
		Status status = HealthRules.status(snapshot, settings, this.now);
		this.statuses.add(status);
		this.states.merge(snapshot.state(), 1, Integer::sum);
		this.members++;
		if (snapshot.silentSince() != null) {
			this.silent++;
		}
		if (Status.DOWN.equals(status)) {
			this.membersDown++;
			name(this.down, snapshot);
		}
		else if (!Status.UP.equals(status)) {
			name(this.stopped, snapshot);
		}
	}

	private static void name(Map<String, String> names, ConnectionSnapshot snapshot) {
		if (names.size() < MOST_NAMED) {
			String why = (snapshot.lastDisconnect() != null) ? snapshot.lastDisconnect().text()
					: snapshot.state().name();
			names.put(snapshot.connection(), why);
		}
	}

	/**
	 * Say what was found.
	 * @param builder of a group that has a member
	 */
	void report(Health.Builder builder) {
		builder.status(StatusAggregator.getDefault().getAggregateStatus(this.statuses));
		builder.withDetail("connections", this.members);
		Map<String, Integer> counts = new LinkedHashMap<>();
		this.states.forEach((state, count) -> counts.put(state.name(), count));
		builder.withDetail("states", counts);
		builder.withDetail("down", this.membersDown);
		if (this.silent > 0) {
			builder.withDetail("silent", this.silent);
		}
		Map<String, String> named = new LinkedHashMap<>(this.down);
		this.stopped.entrySet()
			.stream()
			.limit(MOST_NAMED - named.size())
			.forEach((entry) -> named.put(entry.getKey(), entry.getValue()));
		if (!named.isEmpty()) {
			builder.withDetail("notUp", named);
		}
	}

}
