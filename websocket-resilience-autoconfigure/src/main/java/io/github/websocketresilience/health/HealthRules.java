package io.github.websocketresilience.health;

import java.time.Duration;
import java.time.Instant;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSnapshot;

import org.springframework.boot.health.contributor.Status;

/**
 * Which status a connection has:
 * <ul>
 * <li>UP while OPEN, also if no message comes, and while connecting or waiting for less
 * than {@code health.grace-period} since it was last OPEN or was started;</li>
 * <li>DOWN after that time, and when given up;</li>
 * <li>{@code health.stopped-status} before it is started and once it is closed on
 * purpose.</li>
 * </ul>
 */
final class HealthRules {

	private HealthRules() {
	}

	static Status status(ConnectionSnapshot snapshot, ConnectionSettings.Health settings, Instant now) {
		return switch (snapshot.state()) {
			case OPEN -> Status.UP;
			case CONNECTING, WAITING -> isWithinGracePeriod(snapshot, settings, now) ? Status.UP : Status.DOWN;
			case CLOSED -> snapshot.gaveUp() ? Status.DOWN : stoppedStatus(settings);
			case IDLE, CLOSING -> stoppedStatus(settings);
		};
	}

	private static boolean isWithinGracePeriod(ConnectionSnapshot snapshot, ConnectionSettings.Health settings,
			Instant now) {
		Instant since = (snapshot.notOpenSince() != null) ? snapshot.notOpenSince() : snapshot.since();
		return Duration.between(since, now).compareTo(settings.gracePeriod()) < 0;
	}

	private static Status stoppedStatus(ConnectionSettings.Health settings) {
		return switch (settings.stoppedStatus()) {
			case UNKNOWN -> Status.UNKNOWN;
			case OUT_OF_SERVICE -> Status.OUT_OF_SERVICE;
		};
	}

}
