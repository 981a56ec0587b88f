package io.github.websocketresilience.engine;

import java.time.Duration;

/**
 * A socket that is to be replaced some time soon, when nothing is being written, so that
 * no message is lost in flight. Lives in the serial executor of one open socket.
 */
final class Renewal {

	private final ManagedConnection connection;

	private final Runnable reconnect;

	private final Timer timer;

	private boolean due;

	Renewal(ManagedConnection connection, Runnable reconnect) {
		this.connection = connection;
		this.reconnect = reconnect;
		this.timer = connection.newTimer("planned reconnect", this::reached);
	}

	void plan() {
		if (!this.due && !this.timer.isArmed()) {
			ExponentialBackoff backoff = new ExponentialBackoff(this.connection.settings().reconnect(),
					this.connection.time().random());
			this.timer.arm(backoff.between(Duration.ZERO, backoff.longest()).toNanos());
		}
	}

	void stop() {
		this.due = false;
		this.timer.cancel();
	}

	/**
	 * Return whether the time has come and nothing is being written.
	 */
	boolean isDue() {
		return this.due && this.connection.writer() == null;
	}

	/**
	 * The time has come. A writer that runs is given the time of one write to end.
	 */
	private void reached() {
		if (this.due || this.connection.writer() == null) {
			this.reconnect.run();
		}
		else {
			this.due = true;
			this.timer.arm(this.connection.settings().outbound().sendTimeout().toNanos());
		}
	}

}
