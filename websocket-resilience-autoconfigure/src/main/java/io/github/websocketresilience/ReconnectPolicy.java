package io.github.websocketresilience;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides whether and when to try again after an attempt failed or a socket ended. Asked
 * on the thread of decisions: it must return at once and must not block. What it throws
 * is contained, reported and answered with the configured delay. Policies keep no state;
 * all they need is in the context.
 */
@FunctionalInterface
public interface ReconnectPolicy {

	/**
	 * Decide what follows an end that the user did not ask for.
	 * @param context what is known
	 * @return the delay until the next attempt, obeyed exactly but for a floor of 10 ms
	 * from the second failure in a row on; empty to give up
	 */
	Optional<Duration> next(Context context);

	/**
	 * What a policy may look at.
	 *
	 * @param connection the name of the connection
	 * @param settings what the user asked for
	 * @param disconnect what has just happened
	 * @param failures how many attempts failed in a row, this one included; zero if a
	 * stable connection ended
	 * @param equalFailures how many ends in a row, this one included, were
	 * {@linkplain Disconnect#isLike alike} without a stable period between them
	 * @param urls how many addresses there are
	 * @param customized whether a {@link HandshakeCustomizer} took part in the attempt
	 * that ended: one that set nothing did not
	 * @param random where to draw jitter from
	 */
	record Context(String connection, ConnectionSettings settings, Disconnect disconnect, int failures,
			int equalFailures, int urls, boolean customized, RandomGenerator random) {
	}

}
