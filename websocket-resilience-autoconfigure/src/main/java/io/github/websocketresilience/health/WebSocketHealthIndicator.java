package io.github.websocketresilience.health;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health of one connection, by {@link HealthRules}. Details hold no secret and
 * nothing that the peer wrote.
 */
final class WebSocketHealthIndicator extends AbstractHealthIndicator {

	private final WebSocketConnection connection;

	private final InstantSource clock;

	WebSocketHealthIndicator(WebSocketConnection connection, InstantSource clock) {
		super("WebSocket health check failed");
		this.connection = connection;
		this.clock = clock;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		ConnectionSnapshot snapshot = this.connection.snapshot();
		builder.status(HealthRules.status(snapshot, this.connection.settings().health(), this.clock.instant()));
		builder.withDetail("state", snapshot.state().name());
		builder.withDetail("since", snapshot.since().toString());
		detail(builder, "notOpenSince", snapshot.notOpenSince());
		detail(builder, "silentSince", snapshot.silentSince());
		builder.withDetail("attempt", snapshot.attempt());
		detail(builder, "nextAttempt", snapshot.nextAttemptAt());
		if (snapshot.lastDisconnect() != null) {
			builder.withDetail("lastDisconnect", describe(snapshot.lastDisconnect()));
		}
		detail(builder, "roundTripTime", snapshot.roundTripTime());
		builder.withDetail("url", snapshot.url());
	}

	private static Map<String, Object> describe(Disconnect disconnect) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("text", disconnect.text());
		details.put("kind", disconnect.kind().name());
		if (disconnect.closeCode() != null) {
			details.put("closeCode", disconnect.closeCode());
		}
		return details;
	}

	private static void detail(Health.Builder builder, String key, @Nullable Object value) {
		if (value != null) {
			// As text, which does not depend on how JSON is configured.
			builder.withDetail(key, value.toString());
		}
	}

}
