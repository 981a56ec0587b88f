package io.github.websocketresilience.health;

import java.time.InstantSource;
import java.util.List;

import io.github.websocketresilience.WebSocketConnection;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of the members of a group: the most severe of theirs, how many are in which
 * state, and which are not UP and why. Details hold no secret and nothing that a peer
 * wrote.
 */
final class GroupHealthIndicator extends AbstractHealthIndicator {

	private final List<WebSocketConnection> members;

	private final InstantSource clock;

	GroupHealthIndicator(List<WebSocketConnection> members, InstantSource clock) {
		super("WebSocket health check failed");
		this.members = members;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		GroupCensus census = new GroupCensus(this.clock.instant());
		for (WebSocketConnection member : this.members) {
			census.count(member.snapshot(), member.settings().health());
		}
		census.report(builder);
	}

}
