package io.github.websocketresilience.engine;

/**
 * Notices a write that takes too long. One timer that re-arms itself while a writer runs;
 * writes only note when they began.
 */
final class SendWatch {

	private final ManagedConnection connection;

	private final Runnable tooLong;

	private final Timer timer;

	private final StallGuard stalls;

	private final long timeout;

	SendWatch(ManagedConnection connection, Runnable tooLong) {
		this.connection = connection;
		this.tooLong = tooLong;
		this.timer = connection.newTimer("send", this::check);
		this.timeout = connection.settings().outbound().sendTimeout().toNanos();
		this.stalls = new StallGuard(connection, this.timer, this.timeout);
	}

	/**
	 * A writer may be running, for a while already if it was taken over.
	 */
	void watch() {
		Writer writer = this.connection.writer();
		if (writer != null && !this.timer.isArmed()) {
			this.timer.arm(timeLeft(writer));
		}
	}

	void stop() {
		this.timer.cancel();
	}

	private void check() {
		Writer writer = this.connection.writer();
		if (writer == null) {
			return;
		}
		long left = timeLeft(writer);
		if (left > 0) {
			this.stalls.reset();
			this.timer.arm(left);
		}
		else if (this.stalls.grants()) {
			this.timer.arm(this.timeout);
		}
		else {
			this.tooLong.run();
		}
	}

	private long timeLeft(Writer writer) {
		if (!writer.isWriting()) {
			return this.timeout;
		}
		return writer.writingSince() + this.timeout - this.connection.time().nanoTime();
	}

}
