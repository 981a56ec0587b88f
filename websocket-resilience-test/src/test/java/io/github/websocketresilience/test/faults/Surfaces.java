package io.github.websocketresilience.test.faults;

import io.github.websocketresilience.health.WebSocketHealthContributor;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Where an application shows what its connections do.
 */
final class Surfaces {

	private Surfaces() {
	}

	static Health health(StarterApplication application, String connection) {
		HealthIndicator indicator = (HealthIndicator) application.bean(WebSocketHealthContributor.class)
			.getContributor(connection);
		if (indicator == null) {
			throw new AssertionError("No health of " + connection);
		}
		return indicator.health();
	}

}
