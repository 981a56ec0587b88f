package io.github.websocketresilience.sample.server;

import java.time.Duration;
import java.time.Instant;

import org.springframework.stereotype.Component;

/**
 * How late the server is.
 */
@Component
class Delay {

	private volatile Duration delay = Duration.ZERO;

	private volatile Instant until = Instant.MIN;

	void set(Duration delay, Instant until) {
		this.delay = delay;
		this.until = until;
	}

	Duration now() {
		return Instant.now().isBefore(this.until) ? this.delay : Duration.ZERO;
	}

}
