package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Objects;

import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One attempt is under way. Owns it and its deadline.
 */
final class ConnectingPhase extends Phase {

	private final ConnectionAttempt attempt;

	private final Timer deadline;

	private Transport.@Nullable Connecting connecting;

	private boolean renews;

	private Disconnect end = Disconnect.of(Kind.CLOSE_REQUESTED, "closed on request");

	ConnectingPhase(ManagedConnection connection) {
		super(connection);
		this.attempt = connection.newAttempt();
		this.deadline = connection.newTimer("connect deadline", this::tooLate);
	}

	@Override
	ConnectionAttempt attempt() {
		return this.attempt;
	}

	@Override
	void announce() {
		connection().journal().attempted(this.attempt.number(), this.attempt.url());
	}

	@Override
	void enter() {
		this.connecting = connection().transport().connect(connection().settings(), this.attempt);
	}

	@Override
	void leave(Phase next) {
		this.deadline.cancel();
		if (next instanceof OpenPhase) {
			return;
		}
		this.attempt.disown();
		Transport.Connecting abandoned = this.connecting;
		if (abandoned != null) {
			connection().contain(abandoned::abort);
		}
		this.attempt.segment().seal();
		connection().journal().disconnected(this.end, false);
	}

	@Override
	void close() {
		connection().become(new ClosedPhase(connection(), null));
	}

	@Override
	void attemptStarted(ConnectionAttempt candidate) {
		if (!isStale(candidate)) {
			this.deadline.arm(connectTimeout().toNanos());
		}
	}

	@Override
	void attemptDelayed(ConnectionAttempt candidate) {
		if (!isStale(candidate)) {
			connection().journal().attemptDelayed(connectTimeout());
		}
	}

	@Override
	void prepared(ConnectionAttempt candidate, String url) {
		if (!isStale(candidate)) {
			connection().journal().using(url);
		}
	}

	@Override
	void opened(ConnectionAttempt candidate, Transport.Socket socket, String subprotocol) {
		if (candidate != this.attempt) {
			super.opened(candidate, socket, subprotocol);
			return;
		}
		connection().become(new OpenPhase(connection(), this.attempt, socket, subprotocol));
		if (this.renews) {
			connection().renew();
		}
	}

	@Override
	void renew() {
		this.renews = true;
	}

	@Override
	void ended(ConnectionAttempt candidate, Disconnect why) {
		if (!isStale(candidate)) {
			end(why);
		}
	}

	private void tooLate() {
		end(Disconnect.of(Kind.CONNECT_TIMEOUT, "not connected within " + connectTimeout().toMillis() + " ms"));
	}

	private void end(Disconnect why) {
		this.end = Objects.requireNonNull(why);
		connection().judge(why, false);
	}

	private Duration connectTimeout() {
		return connection().settings().handshake().connectTimeout();
	}

}
