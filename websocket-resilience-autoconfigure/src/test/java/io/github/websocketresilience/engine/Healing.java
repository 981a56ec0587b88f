package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.ConnectionState;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.SendFailedException.Reason;

/**
 * Liveness: what must come about once nothing goes wrong any more. The connection opens
 * and drains within the longest delay, the connect deadline and the heartbeat's bound; a
 * message goes through in both directions; it closes in time and nothing is left.
 */
final class Healing {

	private static final long LONGEST_RESTART = TimeUnit.SECONDS.toNanos(30);

	private static final long LONGEST_RETRY_AFTER = TimeUnit.SECONDS.toNanos(2);

	private static final long WRITER_RETURNS = TimeUnit.SECONDS.toNanos(1);

	private static final int TOO_MANY = 100_000;

	private final Simulation simulation;

	private final ManagedConnection connection;

	private final ConnectionSettings settings;

	Healing(Simulation simulation) {
		this.simulation = simulation;
		this.connection = simulation.connection();
		this.settings = simulation.settings();
	}

	void run() {
		this.simulation.heal();
		open();
		exchange();
		close();
	}

	private void open() {
		// It may still give up because of what went wrong before: then the user starts it
		// again.
		int most = 3;
		for (int i = 0; i < most && !isSettled(); i++) {
			if (!this.simulation.user().wantsOpen() || this.connection.state() == ConnectionState.CLOSED) {
				this.simulation.trace().add("user " + this.simulation.user().start());
			}
			until(() -> isSettled() || this.connection.state() == ConnectionState.CLOSED, bound(), "open and drained");
			// A healthy server may have nothing to say.
			most = Math.min(most + (endedForSilence() ? 1 : 0), 100);
		}
		require(isSettled(), "not open and drained: " + this.simulation.snapshot());
	}

	private boolean endedForSilence() {
		Disconnect last = this.simulation.snapshot().lastDisconnect();
		return last != null && last.kind() == Disconnect.Kind.SILENCE;
	}

	private boolean isSettled() {
		return this.connection.state() == ConnectionState.OPEN && !socket().isEnded() && !isDoomed()
				&& this.simulation.snapshot().queue().messages() == 0 && this.connection.inbound().messages() == 0
				&& this.connection.waitingEvents() == 0 && this.simulation.workers().pending() == 0;
	}

	/**
	 * Whether the socket is broken and somebody is going to notice.
	 */
	private boolean isDoomed() {
		boolean broken = socket().isSilent() || socket().script().reply == SimulatedTime.NEVER;
		return (broken && this.settings.heartbeat().isJudged()) || this.simulation.network().isWriting();
	}

	private SimulatedSocket socket() {
		return this.simulation.network().socket();
	}

	private long bound() {
		ConnectionSettings.Heartbeat heartbeat = this.settings.heartbeat();
		long notice = heartbeat.interval()
			.plus(heartbeat.timeout().plusSeconds(1).multipliedBy(heartbeat.maxMissed()))
			.plus(this.settings.outbound().sendTimeout())
			.toNanos();
		long delay = Math.max(LONGEST_RESTART, LONGEST_RETRY_AFTER)
				+ 2 * this.settings.reconnect().maxDelay().toNanos();
		return 2 * nanos(this.settings.handshake().connectTimeout()) + notice + delay + WRITER_RETURNS
				+ nanos(this.settings.closeTimeout());
	}

	/**
	 * A message of each side reaches the other, unless the socket ends: it may have been
	 * about to.
	 */
	private void exchange() {
		for (int i = 0; i < 3; i++) {
			SimulatedSocket socket = socket();
			if (socket.isSilent() || socket.script().breaksWrites()) {
				return;
			}
			int number = this.simulation.user().sent().next();
			int delivered = this.simulation.user().delivered();
			this.simulation.trace().add("user " + this.simulation.user().send(0));
			socket.message();
			until(() -> this.simulation.user().sent().fateOf(number) != null
					&& (this.simulation.user().delivered() > delivered || socket.isEnded()), bound(),
					"a message in each direction");
			SentMessages.Fate fate = this.simulation.user().sent().fateOf(number);
			if (!socket.isEnded()) {
				boolean limited = this.settings.outbound().rateLimit() != null;
				require(fate != null && (fate.reason() == null || (limited && fate.reason() == Reason.EXPIRED)),
						"the fate is " + fate);
				return;
			}
			open();
		}
		require(this.simulation.isFailed(), "no socket lasts");
	}

	private void close() {
		this.simulation.trace().add("user closes");
		this.simulation.user().close();
		until(() -> this.connection.state() == ConnectionState.CLOSED, nanos(this.settings.closeTimeout()), "closed");
		// Until the last writer has returned and the delivery deadline is over.
		until(this::isQuiet, WRITER_RETURNS + nanos(this.settings.closeTimeout()), "quiet");
		require(this.simulation.user().unfinished().isEmpty(), "unfinished futures");
		require(this.simulation.user().requests().unfinished() == 0, "unfinished requests");
		require(this.simulation.user().stops().stream().allMatch((stop) -> stop.future().isDone()), "unfinished stop");
		require(this.simulation.user().closes().stream().allMatch((close) -> close.isDone()), "unfinished close");
		require(this.simulation.time().pending().isEmpty(), "timers are left: " + this.simulation.time().pending());
		require(this.connection.inbound().messages() == 0 && this.connection.waitingEvents() == 0,
				"the log is not empty");
	}

	private boolean isQuiet() {
		return this.simulation.workers().pending() == 0 && this.simulation.time().pending().isEmpty()
				&& this.connection.writing().messages() == 0 && this.simulation.network().ready() == 0;
	}

	private void until(BooleanSupplier reached, long bound, String what) {
		long end = this.simulation.now() + bound;
		for (int i = 0; !reached.getAsBoolean() && !this.simulation.isFailed(); i++) {
			require(this.simulation.now() <= end && i < TOO_MANY,
					"not " + what + " within " + Duration.ofNanos(bound) + ": " + this.connection.snapshot());
			this.simulation.step();
		}
	}

	private static long nanos(Duration duration) {
		return duration.toNanos();
	}

	private static void require(boolean condition, String message) {
		Invariant.require(condition, "liveness: %s", message);
	}

}
