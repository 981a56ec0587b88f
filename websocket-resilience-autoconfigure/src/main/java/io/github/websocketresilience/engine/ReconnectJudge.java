package io.github.websocketresilience.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

import io.github.websocketresilience.ConnectionSettings;
import io.github.websocketresilience.Disconnect;
import io.github.websocketresilience.ReconnectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Counts failures in a row and asks the policy what follows.
 */
final class ReconnectJudge {

	/**
	 * From the second failure in a row on, and after a socket that was open for less,
	 * whatever the policy says: no hot loop.
	 */
	static final Duration LEAST_REPEATED = Duration.ofMillis(10);

	private static final Duration LONGEST = Duration.ofDays(365);

	private final ConnectionSettings settings;

	private final Time time;

	private final Hooks hooks;

	private final Journal journal;

	private final Addresses addresses;

	private int failures;

	private int equalFailures;

	private @Nullable Disconnect last;

	ReconnectJudge(ConnectionSettings settings, Time time, Hooks hooks, Journal journal, Addresses addresses) {
		this.settings = settings;
		this.time = time;
		this.hooks = hooks;
		this.journal = journal;
		this.addresses = addresses;
	}

	int failures() {
		return this.failures;
	}

	/**
	 * A new run began, or the connection has proved stable.
	 */
	void reset() {
		this.failures = 0;
		this.equalFailures = 0;
		this.last = null;
	}

	/**
	 * Judge the end of an attempt or socket.
	 * @param disconnect why it ended
	 * @param stable whether the socket had been stable: then its attempt did not fail
	 * @param customized whether a customizer took part in its attempt
	 * @return the delay until the next attempt; empty to give up
	 */
	Optional<Duration> judge(Disconnect disconnect, boolean stable, boolean customized) {
		this.equalFailures = disconnect.isLike(this.last) ? this.equalFailures + 1 : 1;
		this.last = disconnect;
		if (!stable) {
			this.failures++;
		}
		boolean repeated = this.failures > 1 || (stable && disconnect.openFor().compareTo(LEAST_REPEATED) < 0);
		return ask(disconnect, customized).map((delay) -> bounded(delay, repeated ? LEAST_REPEATED : Duration.ZERO));
	}

	private Optional<Duration> ask(Disconnect disconnect, boolean customized) {
		try {
			ReconnectPolicy.Context context = new ReconnectPolicy.Context(this.settings.name(), this.settings,
					disconnect, this.failures, this.equalFailures, this.addresses.size(), customized,
					this.time.random());
			return Objects.requireNonNull(this.hooks.policy().next(context), "the policy returned null");
		}
		catch (Throwable ex) {
			this.journal.policyFailed(ex);
			return Optional
				.of(new ExponentialBackoff(this.settings.reconnect(), this.time.random()).after(this.failures));
		}
	}

	private static Duration bounded(Duration delay, Duration least) {
		if (delay.compareTo(least) < 0) {
			return least;
		}
		return (delay.compareTo(LONGEST) < 0) ? delay : LONGEST;
	}

}
