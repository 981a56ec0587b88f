package io.github.websocketresilience.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.WebSocketConnection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The health of one connection.
 * <ul>
 * <li>UP while OPEN, also if no message comes, and while connecting or waiting for less
 * than {@code health.grace-period} since it was last OPEN or was started;</li>
 * <li>DOWN after that time, and when given up;</li>
 * <li>{@code health.stopped-status} before it is started and once it is closed on
 * purpose.</li>
 * </ul>
 * Details hold no secret and nothing that the peer wrote.
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
		builder.status(status(snapshot));
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

	private Status status(ConnectionSnapshot snapshot) {
		return switch (snapshot.state()) {
			case OPEN -> Status.UP;
			case CONNECTING, WAITING -> isWithinGracePeriod(snapshot) ? Status.UP : Status.DOWN;
			case CLOSED -> snapshot.gaveUp() ? Status.DOWN : stoppedStatus();
			case IDLE, CLOSING -> stoppedStatus();
		};
	}

	private boolean isWithinGracePeriod(ConnectionSnapshot snapshot) {
		Instant since = (snapshot.notOpenSince() != null) ? snapshot.notOpenSince() : snapshot.since();
		Duration notOpenFor = Duration.between(since, this.clock.instant());
		return notOpenFor.compareTo(this.connection.settings().health().gracePeriod()) < 0;
	}

	private Status stoppedStatus() {
		ConnectionSettings.StoppedStatus configured = this.connection.settings().health().stoppedStatus();
		return switch (configured) {
			case UNKNOWN -> Status.UNKNOWN;
			case OUT_OF_SERVICE -> Status.OUT_OF_SERVICE;
		};
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
