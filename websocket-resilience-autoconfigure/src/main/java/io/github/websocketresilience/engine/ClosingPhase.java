package io.github.websocketresilience.engine;

import java.time.Duration;

import io.github.websocketresilience.CloseCode;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Initiator;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An orderly close is under way: what is queued is written, then the close frame is sent
 * (RFC 6455 section 7.1.2). Owns the socket that was open, and the deadline. What the
 * peer sends meanwhile is taken.
 */
final class ClosingPhase extends Phase {

	private final ConnectionAttempt attempt;

	private final Transport.Socket socket;

	private final long openedAt;

	private final Timer deadline;

	private final SendWatch sendWatch;

	private boolean closeSent;

	private boolean startsAgain;

	private @Nullable Integer peersCode;

	private String text = "closed on request";

	ClosingPhase(ManagedConnection connection, ConnectionAttempt attempt, Transport.Socket socket, long openedAt) {
		super(connection);
		this.attempt = attempt;
		this.socket = socket;
		this.openedAt = openedAt;
		this.deadline = connection.newTimer("close", this::tooLate);
		this.sendWatch = new SendWatch(connection, this::sendTookTooLong);
	}

	@Override
	OutboundQueue.Gate gate() {
		return OutboundQueue.Gate.DRAINING;
	}

	@Override
	ConnectionAttempt attempt() {
		return this.attempt;
	}

	@Override
	void announce() {
		connection().journal().closing();
	}

	@Override
	void enter() {
		this.deadline.arm(connection().settings().closeTimeout().toNanos());
		this.sendWatch.watch();
	}

	@Override
	void leave(Phase next) {
		this.deadline.cancel();
		this.sendWatch.stop();
		Duration openFor = Duration.ofNanos(connection().time().nanoTime() - this.openedAt);
		Duration pausedFor = Duration.ofNanos(this.attempt.segment().pausedNanos());
		Disconnect end = new Disconnect(Kind.CLOSE_REQUESTED, this.peersCode, "", null, Initiator.US, null, openFor,
				pausedFor, this.attempt.heartbeatsAnswered(), null, this.text);
		connection().endSocket(this.attempt, this.socket, end);
	}

	@Override
	void start() {
		this.startsAgain = true;
	}

	@Override
	void close() {
		this.startsAgain = false;
	}

	@Override
	void pump() {
		if (this.closeSent) {
			return;
		}
		switch (connection().pumpTo(this.attempt, this.socket)) {
			case STARTED -> this.sendWatch.watch();
			case NOTHING_TO_WRITE -> {
				this.closeSent = true;
				this.socket.close(CloseCode.NORMAL.code(), "");
			}
			case BUSY -> {
				// Its end, or the next token, pumps again.
			}
		}
	}

	@Override
	void control(ConnectionAttempt candidate, Object key, Transport.Frame frame, @Nullable Beat beat) {
		if (this.closeSent) {
			isStale(candidate);
		}
		else {
			super.control(candidate, key, frame, beat);
		}
	}

	@Override
	void heartbeatAnswered(ConnectionAttempt candidate, long roundTripNanos) {
		if (!isStale(candidate)) {
			connection().answered(Duration.ofNanos(roundTripNanos));
		}
	}

	@Override
	void ended(ConnectionAttempt candidate, Disconnect why) {
		if (!isStale(candidate)) {
			this.peersCode = why.closeCode();
			finish();
		}
	}

	private void tooLate() {
		this.text = "closed on request, not answered within " + Texts.seconds(connection().settings().closeTimeout());
		finish();
	}

	private void sendTookTooLong() {
		this.text = "closed on request during a write that took longer than "
				+ Texts.seconds(connection().settings().outbound().sendTimeout());
		finish();
	}

	private void finish() {
		connection().become(new ClosedPhase(connection(), null));
		if (this.startsAgain) {
			connection().begin();
		}
	}

}
