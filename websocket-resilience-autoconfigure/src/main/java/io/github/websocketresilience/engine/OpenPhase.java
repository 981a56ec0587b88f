package io.github.websocketresilience.engine;

import java.time.Duration;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionSettings.OnSilence;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.Disconnect.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The socket is open and believed to be alive. Owns it, its heartbeat and the timers that
 * watch over it; hands the socket with its segment to {@link ClosingPhase}.
 */
final class OpenPhase extends Phase {

	private final ConnectionAttempt attempt;

	private final Transport.Socket socket;

	private final String subprotocol;

	private final Heartbeat heartbeat;

	private final SendWatch sendWatch;

	private final Timer stability;

	private final Renewal renewal;

	private final @Nullable Silence silence;

	private final long openedAt;

	private boolean stabilityDue;

	private boolean stable;

	private Disconnect end = Disconnect.of(Kind.RECONNECT_REQUESTED, "reconnect requested");

	OpenPhase(ManagedConnection connection, ConnectionAttempt attempt, Transport.Socket socket, String subprotocol) {
		super(connection);
		this.attempt = attempt;
		this.socket = socket;
		this.subprotocol = subprotocol;
		this.openedAt = connection.time().nanoTime();
		this.heartbeat = new Heartbeat(connection, attempt, this::missed);
		this.sendWatch = new SendWatch(connection, this::sendTookTooLong);
		this.stability = connection.newTimer("stability", this::stabilityReached);
		this.renewal = new Renewal(connection, this::reconnect);
		Duration maxSilence = connection.settings().inbound().maxSilence();
		this.silence = (maxSilence != null) ? new Silence(connection, attempt, maxSilence, this::silent) : null;
	}

	@Override
	OutboundQueue.Gate gate() {
		return OutboundQueue.Gate.OPEN;
	}

	@Override
	ConnectionAttempt attempt() {
		return this.attempt;
	}

	@Override
	void announce() {
		Duration connectTime = Duration.ofNanos(this.openedAt - this.attempt.startedAt());
		connection().journal().opened(this.subprotocol, connectTime);
		this.attempt.segment().link();
	}

	@Override
	void enter() {
		this.heartbeat.start();
		this.stability.arm(connection().settings().reconnect().resetAfter().toNanos());
		if (this.silence != null) {
			this.silence.start();
		}
		connection().judgesSilence(this.silence);
	}

	@Override
	void leave(Phase next) {
		this.heartbeat.stop();
		this.sendWatch.stop();
		this.stability.cancel();
		this.renewal.stop();
		if (this.silence != null) {
			this.silence.stop();
		}
		connection().judgesSilence(null);
		if (next instanceof ClosingPhase) {
			return;
		}
		connection().endSocket(this.attempt, this.socket, this.end);
	}

	@Override
	void reconnect() {
		this.end = history(this.end);
		connection().become(new ConnectingPhase(connection()));
	}

	@Override
	void close() {
		connection().become(new ClosingPhase(connection(), this.attempt, this.socket, this.openedAt));
	}

	@Override
	void renew() {
		this.renewal.plan();
	}

	@Override
	void pump() {
		if (this.renewal.isDue()) {
			reconnect();
			return;
		}
		if (connection().pumpTo(this.attempt, this.socket) == Outbound.Pumped.STARTED) {
			this.sendWatch.watch();
		}
	}

	@Override
	void ended(ConnectionAttempt candidate, Disconnect why) {
		if (!isStale(candidate)) {
			end(why);
		}
	}

	private void end(Disconnect why) {
		this.end = history(why);
		connection().judge(this.end, this.stable);
	}

	private Disconnect history(Disconnect why) {
		return why.after(Duration.ofNanos(connection().time().nanoTime() - this.openedAt),
				Duration.ofNanos(this.attempt.segment().pausedNanos()), this.attempt.heartbeatsAnswered());
	}

	private void stabilityReached() {
		if (this.attempt.pulse().isProven() || !connection().settings().heartbeat().isJudged()) {
			becomeStable();
		}
		else {
			this.stabilityDue = true;
		}
	}

	@Override
	void firstProof(ConnectionAttempt candidate) {
		if (!isStale(candidate) && this.stabilityDue) {
			becomeStable();
		}
	}

	private void becomeStable() {
		this.stable = true;
		connection().judge().reset();
	}

	@Override
	void heartbeatSent(ConnectionAttempt candidate, Beat beat) {
		if (!isStale(candidate)) {
			this.heartbeat.handedOver(beat);
		}
	}

	@Override
	void heartbeatAnswered(ConnectionAttempt candidate, long roundTripNanos) {
		if (!isStale(candidate)) {
			connection().answered(Duration.ofNanos(roundTripNanos));
			this.heartbeat.check();
		}
	}

	@Override
	void readerBack(ConnectionAttempt candidate) {
		if (!isStale(candidate)) {
			this.heartbeat.check();
		}
	}

	@Override
	void writeEnded(ConnectionAttempt candidate) {
		if (!isStale(candidate)) {
			this.heartbeat.writeEnded();
		}
	}

	private void missed(int inARow) {
		connection().journal().heartbeatMissed(inARow);
		ConnectionSettings.Heartbeat settings = connection().settings().heartbeat();
		if (inARow >= settings.maxMissed()) {
			end(Disconnect.of(Kind.HEARTBEAT_TIMEOUT, "no proof of life for " + Texts.seconds(settings.timeout())
					+ " after " + this.attempt.heartbeatsAnswered() + " answered heartbeats"));
		}
	}

	private void silent(Duration silence) {
		connection().journal().silent(silence);
		if (connection().settings().inbound().onSilence() == OnSilence.RECONNECT) {
			end(Disconnect.of(Kind.SILENCE, "no message for " + Texts.seconds(silence)));
		}
	}

	private void sendTookTooLong() {
		end(Disconnect.of(Kind.SEND_TIMEOUT,
				"a write took longer than " + Texts.seconds(connection().settings().outbound().sendTimeout())));
	}

}
